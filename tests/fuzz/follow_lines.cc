// The lines of a file that grows piece by piece, as the follower gives them: the bytes of the file
// up to its last line's end, but for lines that are too long, of which the beginning is given. The
// first byte is the longest line; 0xff in the others stands between two pieces.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz_check.h"
#include "io/follow_source.h"

namespace {

// What has to come out, computed from the whole file.
std::string Expected(std::string_view file, std::size_t max_line) {
  std::string lines;
  while (true) {
    const std::size_t end = file.find('\n');
    if (end == file.npos) {
      if (file.size() > max_line) lines.append(file.substr(0, max_line + 1)).append("\n");
      return lines;
    }
    if (end > max_line) {
      lines.append(file.substr(0, max_line + 1)).append("\n");
    } else {
      lines.append(file.substr(0, end + 1));
    }
    file.remove_prefix(end + 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::size_t max_line = 1 + data[0];
  std::string_view script(reinterpret_cast<const char*>(data + 1), size - 1);
  const int fd = ::memfd_create("followed", MFD_CLOEXEC);
  FUZZ_CHECK(fd >= 0);
  const std::string path = "/proc/self/fd/" + std::to_string(fd);
  auto source = samestory::io::FollowSource::Open(path, max_line, std::nullopt);
  FUZZ_CHECK(source.ok());
  std::string file, lines;
  for (bool more = true; more;) {
    const std::size_t end = script.find('\xff');
    const std::string_view piece = script.substr(0, end);
    FUZZ_CHECK(::write(fd, piece.data(), piece.size()) == static_cast<ssize_t>(piece.size()));
    file += piece;
    more = end != script.npos;
    if (more) script.remove_prefix(end + 1);
    char bytes[7];
    while ((*source)->Ready()) {
      const auto count = (*source)->Read(bytes, sizeof bytes);
      FUZZ_CHECK(count.ok() && *count > 0);
      lines.append(bytes, *count);
    }
  }
  ::close(fd);
  FUZZ_CHECK(lines == Expected(file, max_line));
  return 0;
}
