// A page that a visitor viewed.
#pragma once

#include "schemas/shape/codecs.hpp"

namespace parley {

struct PageVisit {
  Text token;
  ChatId chat;
  Text change;
  Text title;
  Text url;
  Time at;
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
    shape::row<&PageVisit::at>("at", shape::Need::optional, "When it was seen."));

}  // namespace parley
