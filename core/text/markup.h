#ifndef SAMESTORY_TEXT_MARKUP_H_
#define SAMESTORY_TEXT_MARKUP_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace samestory {

/// An HTML character reference.
struct Reference {
  std::uint32_t code_points[2];  ///< the second is 0 where there is but one
  std::size_t length;            ///< bytes of source; 0: no reference stands here
};

/// Reads the reference at `pos`, where `text` has an '&'. Named references (the
/// whole table of the HTML standard) need their semicolon, numeric ones do not;
/// &#128; to &#159; mean Windows-1252, as in browsers. References that were
/// escaped again ("&amp;#8217;") are resolved in one go. Cost: its length.
Reference ParseReference(std::string_view text, std::size_t pos);

/// What stands at a '<'.
struct Markup {
  std::size_t length;  ///< bytes of source that are markup; 0: they are text
  bool breaks_word;    ///< false for elements that format part of a word (<b>, <sup>)
};

/// Finds markup in one text, front to back. Markup is: a tag of a known HTML
/// element which closes before another opens, a comment, a doctype, the opening of
/// a CDATA section, and a script or style element with its content. Anything else
/// ("<GLD>", "a < b") is text. The brackets of a tag may both be references
/// ("&lt;b&gt;"), as where a feed was escaped twice. Cost over a whole text: linear.
class MarkupReader {
 public:
  explicit MarkupReader(std::string_view text) : text_(text) {}

  /// Reads what stands at `pos`, where the text has '<' or, `escaped`, "&lt;".
  /// Positions never decrease from call to call.
  Markup Read(std::size_t pos, bool escaped);

 private:
  std::size_t ContentEnd(std::size_t from, std::string_view element, bool& none_left) const;
  Markup ReadTag(std::size_t pos, std::size_t name_begin, bool escaped);
  std::size_t TagEnd(std::size_t from, bool escaped);

  std::string_view text_;
  std::size_t text_until_ = 0;  // a scan for a tag's end got here in vain: no tag begins before
  bool no_comment_end_ = false, no_script_end_ = false, no_style_end_ = false;
};

}  // namespace samestory

#endif  // SAMESTORY_TEXT_MARKUP_H_
