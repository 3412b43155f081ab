// A growing byte buffer for output. It is cheaper than std::string because growing does not clear bytes that are overwritten
// next, and because one buffer is reused for many replies.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace parley {

/// Owns its bytes; move-only. Appending invalidates `data()` and `view()`.
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
  /// Limits the memory that the buffer allocates. When content would grow past `most` bytes and past the allocated memory, the
  /// buffer drops what it has, goes on with the new bytes, and sets `overflowed`. So the writer checks once at the end and not at
  /// each step. A single piece of more than `most` bytes is still allocated. Content that fits the allocated memory is not checked.
  void bound(std::size_t most) noexcept {
    bound_ = most;
    overflowed_ = false;
  }
  /// The bound in bytes, or `unbounded`.
  [[nodiscard]] std::size_t bound() const noexcept { return bound_; }
  /// Whether content was dropped since the last call of `bound`. The remaining content is then incomplete.
  [[nodiscard]] bool overflowed() const noexcept { return overflowed_; }

  /// Removes the content and keeps the memory.
  void clear() noexcept { size_ = 0; }
  /// Shortens the content to `size` bytes. Does nothing if the content is not longer than that.
  void truncate(std::size_t size) noexcept { size_ = std::min(size, size_); }
  /// Removes the content and frees the memory.
  void release() noexcept {
    bytes_.reset();
    size_ = capacity_ = 0;
  }

  /// Makes room for `more` bytes after the content and returns where to write them. Call `commit` afterwards.
  char* prepare(std::size_t more) {
    if (capacity_ - size_ < more) [[unlikely]]
      grow(more);
    return bytes_.get() + size_;
  }
  void commit(std::size_t written) noexcept { size_ += written; }

  void append(std::string_view text) {
    if (text.empty()) return;
    copy(text, prepare(text.size()));
    size_ += text.size();
  }
  void append(char byte) {
    *prepare(1) = byte;
    ++size_;
  }

 private:
  /// Most pieces of a document are short, and a call of memcpy costs more than copying them.
  static void copy(std::string_view text, char* to) noexcept {
    const std::size_t size = text.size();
    const char* const from = text.data();
    const auto ends =
        [&]<std::size_t part>(std::array<char, part>) {  // the first and the last bytes, which may overlap
          std::array<char, part> first;
          std::array<char, part> last;
          std::memcpy(first.data(), from, part);
          std::memcpy(last.data(), from + size - part, part);
          std::memcpy(to, first.data(), part);
          std::memcpy(to + size - part, last.data(), part);
        };
    if (size > 32) {
      std::memcpy(to, from, size);
    } else if (size >= 16) {
      ends(std::array<char, 16>{});
    } else if (size >= 8) {
      ends(std::array<char, 8>{});
    } else if (size >= 4) {
      ends(std::array<char, 4>{});
    } else {
      for (std::size_t at = 0; at < size; ++at) to[at] = from[at];
    }
  }

  [[gnu::cold, gnu::noinline]] void grow(std::size_t more) {
    if (more > bound_ || size_ > bound_ - more) {
      overflowed_ = true;
      size_ = 0;
      if (more <= capacity_) return;
    }
    const std::size_t wanted = std::max({size_ + more, std::min(capacity_ * 2, bound_), std::size_t{256}});
    std::unique_ptr<char[]> bigger(new char[wanted]);  // not value-initialised: overwritten at once
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
