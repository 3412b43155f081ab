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
  void add(const ChatFilter& filter) {
    const auto& [state, from, to, visitor, contact, agent, department, service, values, newest_first] = filter;
    add(static_cast<std::uint64_t>(state));
    add(from);
    add(to);
    add(visitor.text);
    add(contact.text);
    add(agent.text);
    add(department.text);
    add(service);
    add(values);
    add(std::uint64_t{newest_first});
  }
  void add(const OfflineMessageFilter& filter) {
    const auto& [from, to, department, newest_first] = filter;
    add(from);
    add(to);
    add(std::uint64_t{department.has_value()});
    add(department.value_or(DepartmentId()).text);
    add(std::uint64_t{newest_first});
  }
  void add(const ContactFilter& filter) {
    const auto& [kind, value, identities] = filter;
    add(static_cast<std::uint64_t>(kind));
    add(value);
    add(identities.size());
    for (const IdentityId& identity : identities) add(identity.text);
  }
  void add(const ChatRef& chat) {
    const auto& [id, sequence, token, domain, must] = chat;
    add(id.text);
    add(static_cast<std::uint64_t>(sequence));
    add(std::uint64_t{token.has_value()});
    add(token.value_or(Text()));
    add(domain);
    add(static_cast<std::uint64_t>(must));
  }
  void add(const MessageQuery& query) {
    const auto& [after, before, text, newest_first, written_only, notes, offset, limit, count] = query;
    add(after);
    add(before);
    add(text);
    add(std::uint64_t{newest_first});
    add(std::uint64_t{written_only});
    add(std::uint64_t{notes});
    add(offset);
    add(limit);
    add(std::uint64_t{count});
  }
  void add(std::string_view text) {
    add(text.size());
    bytes_.append(text);
  }
  String take() { return std::move(bytes_); }

 private:
  void add(Time time) { add(static_cast<std::uint64_t>(time.since_epoch)); }
  void add(const Text& text) { add(text.view()); }
  void add(const Attribute& value) {
    add(value.name);
    add(value.value);
  }
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
    add(from);
    add(to);
    add(std::uint64_t{negated});
  }
  void add(const SortKey& key) {
    const auto& [path, descending] = key;
    add(path);
    add(std::uint64_t{descending});
  }
  void add(const String& text) { add(std::string_view(text)); }
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
          if constexpr (requires { one.filter; }) key.add(one.filter);
          if constexpr (requires { one.domain; }) key.add(one.domain.view());
          if constexpr (requires { one.on_site; }) key.add(std::uint64_t{one.on_site});
          return key.take();
        } else if constexpr (std::is_same_v<Op, ListMessages>) {
          Key key;
          key.add(one.chat);
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
