// Numbers have eight bytes and texts begin with their length, so that no two queries have the same bytes.
#include "adapters/store/list_key.hpp"

namespace parley::store {
namespace {

class Key {
 public:
  Key() { bytes_.reserve(256); }

  void add(const ListQuery& query) {
    // Each structured binding names all members, so a new member does not compile until it is decided here.
    const auto& [shape, conditions, order, offset, limit, asked] = query;
    static_cast<void>(asked);
    add(reinterpret_cast<std::uintptr_t>(shape));
    add(conditions);
    add(order);
    add(offset);
    add(limit);
  }
  void add(std::uint64_t number) { bytes_.append(reinterpret_cast<const char*>(&number), sizeof number); }
  String take() { return std::move(bytes_); }

 private:
  void add(const ListCondition& condition) {
    const auto& [any_of] = condition;
    add(any_of);
  }
  void add(const ListTest& test) {
    const auto& [kind, path, any_element, values, from, to, negated] = test;
    add(static_cast<std::uint64_t>(kind));
    add(path);
    add(std::uint64_t{any_element});
    add(values);
    add(static_cast<std::uint64_t>(from.since_epoch));
    add(static_cast<std::uint64_t>(to.since_epoch));
    add(std::uint64_t{negated});
  }
  void add(const SortKey& key) {
    const auto& [path, descending] = key;
    add(path);
    add(std::uint64_t{descending});
  }
  void add(const String& text) {
    add(text.size());
    bytes_.append(text);
  }
  template <class T>
  void add(const List<T>& all) {
    add(all.size());
    for (const T& one : all) add(one);
  }

  String bytes_;
};

}  // namespace

String list_key(const Operation& operation) {
  return std::visit(
      [&operation]<class Op>(const Op& one) {
        if constexpr (is_page<typename Op::Answer>) {
          Key key;
          key.add(static_cast<std::uint64_t>(kind_of(operation)));
          key.add(one.query);
          return key.take();
        } else {
          static_cast<void>(one);
          return String();
        }
      },
      operation);
}

}  // namespace parley::store
