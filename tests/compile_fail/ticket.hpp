// A small record for the tables that must not compile, and for the one that must.
#pragma once

#include "schemas/shape/codecs.hpp"

namespace parley {

struct Ticket {
  String id;
  String title;
  std::int64_t votes = 0;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const Ticket&, const Ticket&) = default;
};

template <>
inline constexpr auto shape::fields_of<Ticket> =
    shape::fields<Ticket, "ticket">(shape::row<&Ticket::id>("id", shape::Need::required, "Id."),
                                    shape::row<&Ticket::title>("title", shape::Need::optional, "Title."),
                                    shape::row<&Ticket::votes>("votes", shape::Need::optional, "Votes."));

}  // namespace parley
