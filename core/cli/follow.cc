#include "cli/follow.h"

#include <poll.h>

#include <algorithm>
#include <fstream>
#include <utility>

#include "cli/metrics.h"

namespace samestory::cli {
namespace {

// Files that grow are looked at this often.
constexpr int kWaitMilliseconds = 100;

// Records taken of one input before it is another's turn.
constexpr std::size_t kTurn = 256;

std::vector<std::string> ReadLines(const std::string& path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Follower>> Follower::Open(const CommonFlags& common,
                                                         const FollowFlags& flags,
                                                         std::string memory, Console& console) {
  std::vector<std::string> lines;
  if (!memory.empty()) lines = ReadLines(memory);
  std::unique_ptr<Follower> follower(new Follower(flags, std::move(memory), console));
  std::vector<std::string> files = common.files;
  if (files.empty()) files.push_back("-");
  for (const std::string& file : files) {
    auto input = io::Follow(file, common.reader, lines,
                            [&console](const io::BadRecord& bad) { console.BadRecord(bad); });
    if (!input.ok()) return input.status();
    follower->inputs_.push_back(*std::move(input));
  }
  return follower;
}

absl::StatusOr<bool> Follower::Gather(std::size_t max) {
  const std::size_t before = batch_.records.size();
  for (std::size_t i = 0; i < inputs_.size() && batch_.records.size() < max; ++i) {
    turn_ = (turn_ + 1) % inputs_.size();
    const std::size_t room = std::min(kTurn, max - batch_.records.size());
    const absl::StatusOr<std::size_t> taken = inputs_[turn_]->Take(batch_.records, room);
    if (!taken.ok()) return taken.status();
  }
  idle_ = batch_.records.size() == before;
  if (batch_.records.empty()) return ended();
  if (!due_) {
    due_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                              std::chrono::duration<double>(flags_.max_delay_seconds));
  }
  full_ = batch_.records.size() >= max;
  return full_ || ended() || Clock::now() >= *due_;
}

void Follower::Wait() const {
  std::vector<pollfd> fds;
  for (const auto& input : inputs_) {
    if (input->fd() >= 0) fds.push_back({input->fd(), POLLIN, 0});
  }
  auto wait = std::chrono::milliseconds(kWaitMilliseconds);
  if (due_) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*due_ - Clock::now());
    wait = std::clamp(left, std::chrono::milliseconds(0), wait);
  }
  ::poll(fds.data(), fds.size(), static_cast<int>(wait.count()));
}

bool Follower::ended() const {
  return std::all_of(inputs_.begin(), inputs_.end(),
                     [](const auto& input) { return input->ended(); });
}

Batch& Follower::Gathered() {
  ViewRecords(batch_, console_);
  batch_.more_at_once = full_;
  return batch_;
}

void Follower::Clear() {
  batch_.records.clear();
  batch_.ids.clear();
  batch_.views.clear();
  due_.reset();
}

absl::Status Follower::Remember() const {
  if (memory_.empty()) return absl::OkStatus();
  std::string text;
  for (const auto& input : inputs_) {
    for (const std::string& line : input->Memory()) text += line + "\n";
  }
  return ReplaceFile(memory_, text);
}

}  // namespace samestory::cli
