// Writes a line for each member.
#include "tests/support/operations.hpp"

#include "tests/support/records_of.hpp"

namespace parley::test {
namespace {

class Describer {
 public:
  void operator()(const GetChatContact& one) { add("chat", one.chat.text), add("domain", one.domain); }
  void operator()(const ListVisitors&) {}
  void operator()(const GetVisitor& one) { add("visitor", one.visitor.text), add("token", one.token); }
  void operator()(const SetVisitorVariables& one) {
    add("visitor", one.visitor.text), add("token", one.token);
    for (const Attribute& variable : one.variables) add(variable.name, variable.value + "|" + variable.url);
    for (const CustomField& field : one.fields) add(field);
  }
  void operator()(const ListAgents&) {}
  void operator()(const GetAgent& one) { add("agent", one.agent.text); }
  void operator()(const SetAgentStatus& one) { add("agent", one.agent.text), add("status", one.status); }
  void operator()(const RegisterVisitor& one) {
    add("token", one.token), add("name", shown(one.name)), add("email", shown(one.email));
    add("phone", shown(one.phone)), add("department", shown(one.department)), add("username", one.username),
        add("id", one.id.text);
    for (const CustomField& field : one.fields) add(field);
  }
  void operator()(const RecordPageVisit& one) {
    add("token", one.token), add("chat", one.chat.text), add("change", one.change), add("title", one.title);
    add("url", one.url), add("verify", one.verify ? "yes" : "no");
  }
  void operator()(const ListContactChannels& one) { add("contact", one.contact.text); }
  void operator()(const OpenChat& one) {
    add("token", one.token), add("chat", one.chat.text), add("agent", one.agent.text), add("source", one.source);
  }
  void operator()(const ListChats& one) { add("domain", one.domain); }

  [[nodiscard]] const String& text() const noexcept { return text_; }

 private:
  void add(std::string_view name, std::string_view value) { text_.append(name).append("=").append(value).append("\n"); }
  static std::string_view shown(const std::optional<Text>& value) {
    return value ? std::string_view(*value) : std::string_view("(absent)");
  }
  void add(const CustomField& field) { add(field.name, field.value + (field.overwrite ? "|overwrite" : "|keep")); }

  String text_;
};

}  // namespace

String describe(const Operation& operation) {
  Describer describer;
  std::visit(describer, operation);
  return String(name_of(kind_of(operation))) + '\n' + describer.text();
}

Outcome answer(const Operation& operation, const Outcome& all) {
  const auto of = [&all]<class Op>(const Op& one) {
    if constexpr (is_page<typename Op::Answer>) {
      return Outcome(select(records_of(std::get<typename Op::Answer>(all)), one.query));
    } else {
      static_cast<void>(one);
      return all;
    }
  };
  return std::visit(of, operation);
}

}  // namespace parley::test
