// Reads and writes a document by its table, and tells what it loses.
#pragma once

#include <doctest/doctest.h>

#include "schemas/shape/view.hpp"

namespace parley::test::comm100 {

/// Reads a document as a vendor's: leniently.
template <class T>
[[nodiscard]] T read(const shape::View& view, std::string_view json) {
  shape::Document document;
  REQUIRE(document.parse_json(json).has_value());
  shape::Reading reading;
  T record;
  REQUIRE(shape::read_object(view, document.root(), &record, reading) == shape::Fit::exact);
  return record;
}

template <class T>
[[nodiscard]] String write(const shape::View& view, const T& record) {
  Buffer out;
  shape::Writer writer(out);
  shape::write_object(view, &record, writer);
  writer.finish();
  return String(out.view());
}

/// The members that the document of a record loses, in the order of the report.
[[nodiscard]] inline List<String> lost_members(const shape::View& view, const void* record) {
  shape::Losses losses;
  shape::find_losses(view, record, losses);
  List<String> members;
  for (const shape::Loss& loss : losses) members.emplace_back(loss.member.view());
  return members;
}

}  // namespace parley::test::comm100
