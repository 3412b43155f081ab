// Memory for the texts of documents: it only grows, and is freed at once.
#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>
#include <utility>

namespace parley::shape {

/// Owns texts at addresses that do not change. Used by one thread at a time.
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena();

  /// `size` bytes that are not initialised.
  [[nodiscard]] char* allocate(std::size_t size) {
    if (size > left_) grow(size);
    left_ -= size;
    return std::exchange(next_, next_ + size);
  }
  /// A copy of `text` in this arena.
  [[nodiscard]] std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* const at = allocate(text.size());
    std::memcpy(at, text.data(), text.size());
    return {at, text.size()};
  }
  /// A moment in the life of an arena. `rewind` forgets the texts that were added since. Good until `clear`, or until a `rewind` to an
  /// earlier mark.
  class Mark {
    friend class Arena;
    void* newest = nullptr;
    char* next = nullptr;
    std::size_t left = 0;
  };
  [[nodiscard]] Mark mark() const noexcept {
    Mark made;
    made.newest = newest_;
    made.next = next_;
    made.left = left_;
    return made;
  }
  void rewind(const Mark& mark) noexcept;
  /// Forgets all texts, and keeps the newest piece of memory for new ones.
  void clear() noexcept;

 private:
  struct Block;

  void grow(std::size_t size);

  Block* newest_ = nullptr;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace parley::shape
