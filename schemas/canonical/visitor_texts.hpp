// Text members of a visitor that some vendors' documents have no member for. A facade may write them among the named values of a
// document, each under its canonical name; a connector reads them back from there.
#pragma once

#include <array>

#include "schemas/canonical/visitor.hpp"

namespace parley {

/// One such member.
struct VisitorText {
  std::string_view name;  ///< the canonical name: `company`
  Text& (*of)(Visitor& visitor);
  [[nodiscard]] const Text& in(const Visitor& visitor) const {
    return of(const_cast<Visitor&>(visitor));  // `of` changes nothing
  }
};

namespace detail {
template <auto... Members>
struct VisitorMembers {
  static consteval int times(shape::detail::MemberId member) {
    return ((shape::detail::member_id<Members> == member ? 1 : 0) + ... + 0);
  }
};

using NamedTexts =
    VisitorMembers<&Visitor::company, &Visitor::time_zone, &Visitor::country, &Visitor::state, &Visitor::city,
                   &Visitor::product_service, &Visitor::department, &Visitor::host, &Visitor::browser,
                   &Visitor::operating_system, &Visitor::screen_resolution, &Visitor::flash_version,
                   &Visitor::current_page, &Visitor::referrer, &Visitor::search_engine, &Visitor::search_keywords>;
/// Texts that a chat shows in members of its own, or does not show.
using OtherTexts =
    VisitorMembers<&Visitor::token, &Visitor::username, &Visitor::name, &Visitor::language, &Visitor::ip,
                   &Visitor::user_agent, &Visitor::channel, &Visitor::landing_page, &Visitor::landing_title>;

template <auto Member>
inline constexpr bool is_text =
    std::is_same_v<decltype(Member), Text Visitor::*> || std::is_same_v<decltype(Member), DepartmentId Visitor::*>;

template <class Def>
inline constexpr bool names_text = false;
template <auto Member, class Codec>
inline constexpr bool names_text<shape::RowDef<Member, Codec>> = is_text<Member>;

template <class... Defs>
consteval bool every_text_is_listed_once(const shape::Table<Visitor, "visitor", true, Defs...>&) {
  return ((NamedTexts::times(Defs::members.front()) + OtherTexts::times(Defs::members.front()) ==
           (names_text<Defs> ? 1 : 0)) &&
          ...);
}
static_assert(every_text_is_listed_once(shape::fields_of<Visitor>),
              "a text of a visitor is not in exactly one of NamedTexts and OtherTexts");

template <auto Member>
consteval VisitorText visitor_text() {
  constexpr auto of = [](Visitor& visitor) -> Text& {
    if constexpr (std::is_same_v<decltype(Member), DepartmentId Visitor::*>) {
      return (visitor.*Member).text;
    } else {
      return visitor.*Member;
    }
  };
  return {shape::detail::member_name<Member>(), of};
}
template <auto... Members>
consteval auto visitor_texts_of(VisitorMembers<Members...>) {
  return std::array{visitor_text<Members>()...};
}
}  // namespace detail

inline constexpr auto visitor_texts = detail::visitor_texts_of(detail::NamedTexts{});

}  // namespace parley
