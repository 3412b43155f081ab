// A list of blocks of growing size.
#include "schemas/shape/arena.hpp"

#include <algorithm>
#include <new>

namespace parley::shape {

/// The head of a block; its bytes follow.
struct Arena::Block {
  Block* before;
  std::size_t size;
  [[nodiscard]] char* bytes() noexcept { return reinterpret_cast<char*>(this + 1); }
  static void free(Block* block) noexcept {
    while (block != nullptr) ::operator delete(std::exchange(block, block->before));
  }
};

Arena::~Arena() { Block::free(newest_); }

void Arena::clear() noexcept {
  if (newest_ == nullptr) return;
  Block::free(std::exchange(newest_->before, nullptr));
  next_ = newest_->bytes();
  left_ = newest_->size;
}

void Arena::rewind(const Mark& mark) noexcept {
  while (newest_ != mark.newest) {
    Block* const before = newest_->before;
    ::operator delete(std::exchange(newest_, before));
  }
  next_ = mark.next;
  left_ = mark.left;
}

void Arena::grow(std::size_t size) {
  constexpr std::size_t least = 512;
  constexpr std::size_t most = 1U << 20U;  // of growth by doubling: one text may need more
  const std::size_t doubled = newest_ != nullptr ? std::min(newest_->size * 2, most) : least;
  const std::size_t wanted = std::max(size, doubled);
  newest_ = ::new (::operator new(sizeof(Block) + wanted)) Block{newest_, wanted};
  next_ = newest_->bytes();
  left_ = wanted;
}

}  // namespace parley::shape
