// What is known of a visitor in words that some vendors have no member for, each under its canonical name: who shows a chat
// can put them among its named values, and who reads one finds them there.
#pragma once

#include <array>

#include "schemas/canonical/visitor.hpp"

namespace parley {

struct VisitorText {
  std::string_view name;  ///< canonical: `company`
  String& (*of)(Visitor& visitor);
  [[nodiscard]] const String& in(const Visitor& visitor) const {
    return of(const_cast<Visitor&>(visitor));  // a reference is all that is made of it
  }
};

namespace detail {
template <auto Member>
consteval VisitorText visitor_text() {
  constexpr auto of = [](Visitor& visitor) -> String& {
    if constexpr (std::is_same_v<decltype(Member), DepartmentId Visitor::*>) {
      return (visitor.*Member).text;
    } else {
      return visitor.*Member;
    }
  };
  return {shape::detail::member_name<Member>(), of};
}
}  // namespace detail

inline constexpr std::array visitor_texts = {detail::visitor_text<&Visitor::company>(),
                                             detail::visitor_text<&Visitor::time_zone>(),
                                             detail::visitor_text<&Visitor::country>(),
                                             detail::visitor_text<&Visitor::state>(),
                                             detail::visitor_text<&Visitor::city>(),
                                             detail::visitor_text<&Visitor::product_service>(),
                                             detail::visitor_text<&Visitor::department>(),
                                             detail::visitor_text<&Visitor::host>(),
                                             detail::visitor_text<&Visitor::browser>(),
                                             detail::visitor_text<&Visitor::operating_system>(),
                                             detail::visitor_text<&Visitor::screen_resolution>(),
                                             detail::visitor_text<&Visitor::flash_version>(),
                                             detail::visitor_text<&Visitor::current_page>(),
                                             detail::visitor_text<&Visitor::referrer>(),
                                             detail::visitor_text<&Visitor::search_engine>(),
                                             detail::visitor_text<&Visitor::search_keywords>()};

}  // namespace parley
