// A growing byte buffer for everything that is written: cheaper than std::string, because growing does not clear
// the bytes that are about to be overwritten, and because it is reused from one reply to the next.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace parley {

/// Owns its bytes; move-only. `data()` is invalidated by anything that appends.
class Buffer {
 public:
  Buffer() = default;
  Buffer(Buffer&& other) noexcept
      : bytes_(std::move(other.bytes_)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)),
        bound_(std::exchange(other.bound_, unbounded)),
        overflowed_(std::exchange(other.overflowed_, false)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    bytes_ = std::move(other.bytes_);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
    bound_ = std::exchange(other.bound_, unbounded);
    overflowed_ = std::exchange(other.overflowed_, false);
    return *this;
  }

  [[nodiscard]] const char* data() const noexcept { return bytes_.get(); }
  [[nodiscard]] char* data() noexcept { return bytes_.get(); }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] std::string_view view() const noexcept { return {bytes_.get(), size_}; }

  static constexpr std::size_t unbounded = static_cast<std::size_t>(-1);
  /// From now on the buffer takes no memory for a content of more than `most` bytes, unless a single piece of it is as large.
  /// A content that would need it is forgotten, as often as it grows so large, and `overflowed` tells: whoever writes need
  /// not check each step. Content that fits into memory which is there already is not looked at.
  void bound(std::size_t most) noexcept {
    bound_ = most;
    overflowed_ = false;
  }
  /// The bound; `unbounded` where there is none.
  [[nodiscard]] std::size_t bound() const noexcept { return bound_; }
  /// Whether content was forgotten since `bound`. What is there is of no use then.
  [[nodiscard]] bool overflowed() const noexcept { return overflowed_; }

  /// Forgets the content, keeps the memory.
  void clear() noexcept { size_ = 0; }
  /// Shortens to `size` bytes; `size` must not exceed the present size.
  void truncate(std::size_t size) noexcept { size_ = std::min(size, size_); }
  /// Gives the memory back.
  void release() noexcept {
    bytes_.reset();
    size_ = capacity_ = 0;
  }

  /// Room for `more` bytes behind the content; returns where they go. Follow with `commit`.
  char* prepare(std::size_t more) {
    if (capacity_ - size_ < more) grow(more);
    return bytes_.get() + size_;
  }
  void commit(std::size_t written) noexcept { size_ += written; }

  void append(std::string_view text) {
    if (text.empty()) return;
    std::memcpy(prepare(text.size()), text.data(), text.size());
    size_ += text.size();
  }
  void append(char byte) {
    *prepare(1) = byte;
    ++size_;
  }

 private:
  void grow(std::size_t more) {
    if (more > bound_ || size_ > bound_ - more) {
      overflowed_ = true;
      size_ = 0;
      if (more <= capacity_) return;
    }
    const std::size_t wanted = std::max({size_ + more, std::min(capacity_ * 2, bound_), std::size_t{256}});
    std::unique_ptr<char[]> bigger(new char[wanted]);  // not value-initialised: it is overwritten at once
    if (size_ != 0) std::memcpy(bigger.get(), bytes_.get(), size_);
    bytes_ = std::move(bigger);
    capacity_ = wanted;
  }

  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
  std::size_t bound_ = unbounded;
  bool overflowed_ = false;
};

}  // namespace parley
