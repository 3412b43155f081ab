// A shared record, as backends hand it to facades.
#pragma once

#include <boost/smart_ptr/local_shared_ptr.hpp>
#include <boost/smart_ptr/make_local_shared.hpp>
#include <utility>

#include "schemas/shape/renderings.hpp"

namespace parley {

/// A shared, immutable record, with the JSON that was written of it. The reference count is not atomic: only one thread may use a record
/// and its copies at a time.
template <class T>
class Ref {
 public:
  Ref() = default;  ///< no record; only assignment and the test for bool are allowed
  explicit Ref(T&& record) : shared_(boost::make_local_shared<Shared>(std::move(record))) {}
  explicit Ref(const T& record) : Ref(T(record)) {}
  /// A record that `fill(T&)` completes: for records that are large to move.
  template <class Fill>
  [[nodiscard]] static Ref made_by(const Fill& fill) {
    auto shared = boost::make_local_shared<Shared>();
    fill(shared->record);
    Ref made;
    made.shared_ = std::move(shared);
    return made;
  }

  [[nodiscard]] explicit operator bool() const noexcept { return shared_ != nullptr; }
  [[nodiscard]] const T& operator*() const noexcept { return shared_->record; }
  [[nodiscard]] const T* operator->() const noexcept { return &shared_->record; }
  [[nodiscard]] const T* get() const noexcept { return &shared_->record; }

  /// Writes the record by `view`, a shape of T, as `Renderings::write` does.
  bool write(const shape::View& view, shape::Writer& writer, shape::Losses* losses,
             shape::TextCheck check = nullptr) const {
    return shared_->renderings.write(view, &shared_->record, writer, losses, check);
  }
  /// As `Renderings::kept_losses`.
  [[nodiscard]] const shape::Losses* kept_losses(const shape::View& view) const noexcept {
    return shared_->renderings.kept_losses(view);
  }

 private:
  struct Shared {
    Shared() = default;
    explicit Shared(T&& from) : record(std::move(from)) {}
    T record{};
    shape::Renderings renderings;
  };
  boost::local_shared_ptr<Shared> shared_;
};

}  // namespace parley
