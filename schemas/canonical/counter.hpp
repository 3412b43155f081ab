// A number that a store counts up and never gives twice.
#pragma once

#include "schemas/shape/codecs.hpp"

namespace parley {

/// `chats`: the highest number of a chat; `offline_messages`: that of an offline message; `guest`: that of a guest's name. A counter outlives
/// the records that had its numbers.
struct CounterRecord {
  Text name;
  std::int64_t value = 0;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const CounterRecord&, const CounterRecord&) = default;
};

template <>
inline constexpr auto shape::fields_of<CounterRecord> = shape::fields<CounterRecord, "counter">(
    shape::row<&CounterRecord::name>("name", shape::Need::required, "chats, offline_messages or guest."),
    shape::row<&CounterRecord::value>("value", shape::Need::required, "The highest number that was given."));

}  // namespace parley
