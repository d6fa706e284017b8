"""A bar chart of rates, on a logarithmic scale, written by hand as SVG."""

import math
from xml.sax.saxutils import escape

BAR, GAP, LEFT, RIGHT, WIDTH, TOP = 16, 6, 240, 150, 920, 64

STYLE = """
 .back { fill: #fff; }
 text { font: 12px sans-serif; fill: #333; } .title { font-size: 15px; font-weight: bold; }
 .grid { stroke: #ddd; } .ours { fill: #1f6f8b; } .peer { fill: #b8a07e; } .none { fill: #999; }
 @media (prefers-color-scheme: dark) {
  text { fill: #ddd; } .grid { stroke: #444; } .back { fill: #1c1c1c; }
  .ours { fill: #58b4d1; } .peer { fill: #a48d6a; } }
"""


def rate_of(row):
    """The rate at the largest size that was reached: (records/s by CPU time, size)."""
    good = [(size, run) for size, run in row["sizes"].items() if not run["failed"]]
    if not good:
        return None, None
    size, run = good[-1]
    return run["records_per_cpu_second"], int(size)


def bars(rows, largest, kind):
    rated = sorted(((rate_of(row), row) for row in rows),
                   key=lambda pair: -(pair[0][0] or 0))
    top = max([rate for (rate, _), _ in rated if rate] or [10])
    decades = range(2, math.ceil(math.log10(top)) + 1)
    span = WIDTH - LEFT - RIGHT

    def x(rate):
        return LEFT + span * max(0.0, math.log10(rate) - 2) / max(1, decades[-1] - 2)

    height = TOP + len(rated) * (BAR + GAP) + 30
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
           f'width="{WIDTH}" height="{height}" role="img"><style>{STYLE}</style>',
           f'<rect class="back" width="{WIDTH}" height="{height}"/>',
           f'<text class="title" x="12" y="22">Records a second of one core: {escape(kind)}, '
           f'{largest:,} records or as marked</text>',
           '<text x="12" y="40">recall and precision against exact Jaccard .7 at the bars</text>']
    for decade in decades:
        at = x(10**decade)
        out.append(f'<line class="grid" x1="{at:.1f}" x2="{at:.1f}" y1="{TOP - 6}" '
                   f'y2="{height - 26}"/><text x="{at:.1f}" y="{height - 10}" '
                   f'text-anchor="middle">{10**decade:,}</text>')
    for i, ((rate, size), row) in enumerate(rated):
        y = TOP + i * (BAR + GAP)
        name = f"{row['peer'].replace('_', '-')}: {row['variant']}"
        out.append(f'<text x="{LEFT - 8}" y="{y + 12}" text-anchor="end">{escape(name)}</text>')
        if rate is None:
            out.append(f'<text class="none" x="{LEFT}" y="{y + 12}">failed</text>')
            continue
        kind_of = "ours" if row["peer"] == "samestory" else "peer"
        out.append(f'<rect class="{kind_of}" x="{LEFT}" y="{y}" height="{BAR}" '
                   f'width="{max(1.0, x(rate) - LEFT):.1f}"/>')
        label = f"{rate:,.0f}" + ("" if size == largest else f" (of {size:,})")
        scored = row["quality"]
        if scored.get("recall") is not None and scored.get("precision") is not None:
            label += f", {scored['recall']:.3f} / {scored['precision']:.3f}"
        out.append(f'<text x="{x(rate) + 6:.1f}" y="{y + 12}">{escape(label)}</text>')
    return "\n".join(out) + "\n</svg>\n"
