#include "cli/stop_signals.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <utility>

namespace samestory::cli {
namespace {

sigset_t StopSet() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  // A run in the background of a shell script ignores SIGINT, and goes on doing so.
  struct sigaction now;
  if (sigaction(SIGINT, nullptr, &now) == 0 && now.sa_handler != SIG_IGN) sigaddset(&set, SIGINT);
  return set;
}

}  // namespace

StopSignals::StopSignals() {
  const sigset_t set = StopSet();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signals_ = signalfd(-1, &set, SFD_CLOEXEC);
  end_ = eventfd(0, EFD_CLOEXEC);
}

void StopSignals::Watch(std::function<int()> finish) {
  finish_ = std::move(finish);
  watcher_ = std::thread([this] { Wait(); });
}

StopSignals::~StopSignals() {
  if (watcher_.joinable()) {
    const std::uint64_t one = 1;
    while (::write(end_, &one, sizeof(one)) < 0 && errno == EINTR) {
    }
    watcher_.join();
  }
  ::close(signals_);
  ::close(end_);
}

void StopSignals::Wait() {
  pollfd fds[] = {{signals_, POLLIN, 0}, {end_, POLLIN, 0}};
  while (::poll(fds, 2, -1) < 0 && errno == EINTR) {
  }
  if (fds[1].revents != 0) return;
  signalfd_siginfo info;
  while (::read(signals_, &info, sizeof(info)) < 0 && errno == EINTR) {
  }
  requested_ = true;
  // The next one takes its default course.
  const sigset_t set = StopSet();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
  const std::lock_guard<std::mutex> held(busy_);
  if (left_) return;
  ::_exit(finish_());
}

}  // namespace samestory::cli
