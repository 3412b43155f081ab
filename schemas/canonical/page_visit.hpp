// A page that a visitor viewed.
#pragma once

#include "schemas/shape/codecs.hpp"

namespace parley {

/// `repeat` tells visits apart that are equal in all else: it counts those that the store has before it. Only a dump says it.
struct PageVisit {
  Text token;
  ChatId chat;
  Text change;
  Text title;
  Text url;
  Time at;
  std::int64_t repeat = 0;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const PageVisit&, const PageVisit&) = default;
};

template <>
inline constexpr auto shape::fields_of<PageVisit> = shape::fields<PageVisit, "page_visit">(
    shape::row<&PageVisit::token>("token", shape::Need::required, "The visitor's secret handle."),
    shape::row<&PageVisit::chat>("chat", shape::Need::optional, "The chat it belongs to."),
    shape::row<&PageVisit::change>("change", shape::Need::optional, "What changed: url or title."),
    shape::row<&PageVisit::title>("title", shape::Need::optional, "Title of the page."),
    shape::row<&PageVisit::url>("url", shape::Need::optional, "Address of the page."),
    shape::row<&PageVisit::at>("at", shape::Need::optional, "When it was seen."),
    shape::row<&PageVisit::repeat>("repeat", shape::Need::optional, "Equal visits that come before it in a dump."));

}  // namespace parley
