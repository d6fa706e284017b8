#include "index/pair_array.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace samestory::internal {

void PairArray::Clear() {
  for (Pair* segment : segments_) {
    if (capacity_ < kSegmentPairs) {
      std::free(segment);
    } else {
      FreeHuge(segment, kHugePage);
    }
  }
  segments_.clear();
  budget_.Give(capacity_ * sizeof(Pair));
  capacity_ = 0;
  ResizeDeep(0);
  deep_bits_ = 0;
}

bool PairArray::Grow(std::size_t pairs) {
  if (pairs <= capacity_) return true;
  const std::size_t segments = (pairs + kSegmentPairs - 1) / kSegmentPairs;
  if (pairs > kSegmentPairs) pairs = segments * kSegmentPairs;
  if (!ResizeDeep(pairs * static_cast<std::size_t>(deep_bits_))) return false;
  if (capacity_ < kSegmentPairs && !GrowFirstSegment(std::min(pairs, kSegmentPairs))) return false;
  return segments == segments_.size() || AddSegments(segments - segments_.size());
}

bool PairArray::GrowFirstSegment(std::size_t pairs) {
  const std::size_t bytes = pairs * sizeof(Pair), old_bytes = capacity_ * sizeof(Pair);
  segments_.reserve(1);
  if (!budget_.Take(bytes)) return false;
  void* const segment =
      bytes == kHugePage ? AllocateHuge(bytes) : std::aligned_alloc(alignof(Pair), bytes);
  if (segment == nullptr) {
    budget_.Give(bytes);
    return false;
  }
  if (capacity_ == 0) {
    segments_.assign(1, nullptr);
  } else {
    std::memcpy(segment, segments_[0], old_bytes);
    std::free(segments_[0]);
    budget_.Give(old_bytes);
  }
  std::memset(static_cast<char*>(segment) + old_bytes, 0, bytes - old_bytes);
  segments_[0] = static_cast<Pair*>(segment);
  capacity_ = pairs;
  return true;
}

bool PairArray::AddSegments(std::size_t count) {
  const std::size_t bytes = count * kHugePage;
  segments_.reserve(segments_.size() + count);
  if (!budget_.Take(bytes)) return false;
  auto* const memory = static_cast<Pair*>(AllocateHuge(bytes));
  if (memory == nullptr) {
    budget_.Give(bytes);
    return false;
  }
  for (std::size_t i = 0; i < count; ++i) segments_.push_back(memory + i * kSegmentPairs);
  capacity_ = segments_.size() * kSegmentPairs;
  return true;
}

bool PairArray::SetDeepBits(int bits) {
  const auto now = static_cast<std::size_t>(deep_bits_), next = static_cast<std::size_t>(bits);
  if (next > now) {
    deep_bits_ = 0;
    ResizeDeep(0);
    if (!ResizeDeep(capacity_ * next)) return false;
  } else if (next < now) {
    for (std::size_t pair = 0; pair < capacity_; ++pair) {
      std::copy_n(deep_ + pair * now, next, deep_ + pair * next);
    }
    ResizeDeep(capacity_ * next);
  }
  deep_bits_ = bits;
  return true;
}

bool PairArray::ResizeDeep(std::size_t planes) {
  if (planes == 0) {
    std::free(deep_);
    deep_ = nullptr;
  } else if (planes != deep_planes_) {
    const std::size_t more = planes > deep_planes_ ? planes - deep_planes_ : 0;
    if (more != 0 && !budget_.Take(more * sizeof(DeepPlane))) return false;
    void* const resized = std::realloc(deep_, planes * sizeof(DeepPlane));
    if (resized == nullptr) {
      budget_.Give(more * sizeof(DeepPlane));
      return more == 0;  // could not shrink: stays larger than counted until freed
    }
    deep_ = static_cast<DeepPlane*>(resized);
    std::memset(static_cast<void*>(deep_ + (planes - more)), 0, more * sizeof(DeepPlane));
  }
  if (planes < deep_planes_) budget_.Give((deep_planes_ - planes) * sizeof(DeepPlane));
  deep_planes_ = planes;
  return true;
}

std::uint32_t PairArray::DeepMask(std::size_t pair, int half, std::uint64_t fraction, int bits,
                                  std::uint32_t mask) const {
  const DeepPlane* const planes = deep_ + pair * static_cast<std::size_t>(deep_bits_);
  std::uint64_t deep = DeepBitsOf(fraction);
  for (int i = 0; i < bits; ++i, deep <<= 1) {
    const std::uint32_t differing = planes[i] ^ static_cast<std::uint32_t>(-(deep >> 63));
    mask &= ~(differing >> (kSlots * half));
  }
  return mask;
}

void PairArray::PutDeep(std::size_t pair, int half, int slot, std::uint64_t fraction) {
  DeepPlane* const planes = deep_ + pair * static_cast<std::size_t>(deep_bits_);
  const int at = kSlots * half + slot;
  std::uint64_t bits = DeepBitsOf(fraction);
  for (int i = 0; i < deep_bits_; ++i, bits <<= 1) {
    planes[i] = (planes[i] & ~(1u << at)) | static_cast<std::uint32_t>(bits >> 63) << at;
  }
}

std::uint64_t PairArray::DeepOf(std::size_t pair, int half, int slot) const {
  const DeepPlane* const planes = deep_ + pair * static_cast<std::size_t>(deep_bits_);
  const int at = kSlots * half + slot;
  std::uint64_t bits = 0;
  for (int i = 0; i < deep_bits_; ++i) bits |= std::uint64_t{planes[i] >> at & 1} << (63 - i);
  return bits;
}

}  // namespace samestory::internal
