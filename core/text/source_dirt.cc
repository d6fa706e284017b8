#include "text/source_dirt.h"
namespace samestory {
SourceDirt::SourceDirt(std::size_t) {}
void SourceDirt::Learn(std::string_view, std::string_view, std::string_view) {}
TitleParts SourceDirt::Strip(std::string_view t, std::string_view, std::string_view) const { return {t.substr(0,0), t, t.substr(t.size())}; }
std::size_t SourceDirt::MemoryBytes() const { return 0; }
}
