// What the stream has taught of words and of titles, as sections of a snapshot.
#include "base/snapshot_maps.h"
#include "text/source_dirt.h"
#include "text/word_stats.h"

namespace samestory {

void WordStats::Save(SnapshotWriter& out) const {
  out.U64(texts_);
  out.U64(running_words_);
  SaveMap(learned_, out, [&](const Learned& counts) {
    out.U32(counts.texts);
    out.U32(counts.times);
  });
}

void WordStats::Load(SnapshotReader& in) {
  Touch();
  texts_ = in.U64();
  running_words_ = in.U64();
  LoadMap(learned_, in, [&](Learned& counts) {
    counts.texts = in.U32();
    counts.times = in.U32();
  });
  for (auto& [word, counts] : learned_) counts.background = BackgroundTexts(word);
}

void SourceDirt::Save(SnapshotWriter& out) const {
  const auto put_count = [&](const Count& count) {
    out.U64(count.titles_seen);
    out.U32(count.titles);
  };
  SaveMap(by_source_, out, put_count);
  SaveMap(phrases_, out, [&](const Phrase& phrase) {
    put_count(phrase.count);
    out.U64(phrase.sources);
    out.U64(phrase.learned_sources);
  });
  SaveMap(watched_, out, [&](const Watched& watched) {
    out.U32(watched.within);
    out.U32(watched.titles);
  });
  for (const std::uint64_t firsts : watched_firsts_) out.U64(firsts);
  SaveMap(notes_, out, [&](const Note& note) {
    out.U64(note.facts.phrase);
    out.U64(note.facts.source);
    out.U8(static_cast<std::uint8_t>(note.facts.side));
    out.U8(note.facts.wire);
    out.U8(note.facts.number);
    out.U8(note.facts.single);
    out.String(note.text);
    out.String(note.source);
  });
}

void SourceDirt::Load(SnapshotReader& in) {
  const auto get_count = [&](Count& count) {
    count.titles_seen = in.U64();
    count.titles = in.U32();
  };
  LoadMap(by_source_, in, get_count);
  LoadMap(phrases_, in, [&](Phrase& phrase) {
    get_count(phrase.count);
    phrase.sources = in.U64();
    phrase.learned_sources = in.U64();
  });
  LoadMap(watched_, in, [&](Watched& watched) {
    watched.within = in.U32();
    watched.titles = in.U32();
  });
  for (std::uint64_t& firsts : watched_firsts_) firsts = in.U64();
  LoadMap(notes_, in, [&](Note& note) {
    note.facts.phrase = in.U64();
    note.facts.source = in.U64();
    note.facts.side = in.U8() == 1 ? Side::kEnding : Side::kOpening;
    note.facts.wire = in.U8() != 0;
    note.facts.number = in.U8() != 0;
    note.facts.single = in.U8() != 0;
    note.text = in.String();
    note.source = in.String();
  });
}

}  // namespace samestory
