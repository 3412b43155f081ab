// A codec for a small object inside a record's document, such as `lastChat{_id, ts}`, whose members are plain members of the
// canonical record. The object is declared as a list of parts. The codec keeps members that it does not know.
#pragma once

#include "schemas/shape/codecs.hpp"

namespace parley::rocketchat {

/// One member of the small object: `Key` holds `Member` of the record. Written when it is not empty.
template <shape::Literal Key, auto Member, class Codec = shape::DefaultCodec<shape::detail::member_t<Member>>>
struct Part {
  using Object = shape::detail::object_t<Member>;
  static constexpr std::string_view key = Key.view();
  static shape::Fit read(const shape::Node& node, Object& object, shape::Reading& reading) {
    return Codec::read(node, object.*Member, reading);
  }
  static void write(const Object& object, shape::Writer& writer) { Codec::write(object.*Member, writer); }
  static bool empty(const Object& object) { return Codec::empty(object.*Member); }
};

/// One member of the small object that is itself such an object.
template <shape::Literal Key, class Inner>
struct PartObject {
  using Object = typename Inner::Object;
  static constexpr std::string_view key = Key.view();
  static shape::Fit read(const shape::Node& node, Object& object, shape::Reading& reading) {
    return Inner::read(node, object, reading);
  }
  static void write(const Object& object, shape::Writer& writer) { Inner::write(object, writer); }
  static bool empty(const Object& object) { return Inner::empty(object); }
};

/// The extension with this shape and key, or nullptr.
[[nodiscard]] inline const shape::Extension* find_extension(const shape::Extensions& extensions, std::string_view shape,
                                                            std::string_view key) noexcept {
  for (const shape::Extension& extension : extensions) {
    if (extension.key == key && extension.shape == shape) return &extension;
  }
  return nullptr;
}

/// The codec, for `shape::group`. Unknown members, and members whose value does not fit, become extensions of the record under the
/// shape `Name` (the row's shape, a dot, the row's key). Unknown members are always written back; a value that did not fit is
/// written back where its part is empty.
template <shape::Literal Name, class First, class... Rest>
struct Nested {
  using Object = typename First::Object;
  static constexpr shape::Type type{.form = shape::Form::json};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;

  static shape::Fit read(const shape::Node& node, Object& object, shape::Reading& reading) {
    if (!node.is_object()) return reading.refuse(node, "an object");
    shape::Fit fit = shape::Fit::exact;
    int last = -1;
    for (const shape::Node& child : node) {
      int place = 0;
      const bool known = read_part<First>(child, object, reading, fit, place) ||
                         (read_part<Rest>(child, object, reading, fit, place) || ...);
      if (!known) keep(child, object, reading);
      if (place < last) fit = shape::Fit::respelt;
      last = place;
    }
    return fit;
  }

  static void write(const Object& object, shape::Writer& writer) {
    writer.begin_object();
    write_part<First>(object, writer);
    (write_part<Rest>(object, writer), ...);
    for (const shape::Extension& extension : object.extensions) {
      if (extension.shape != Name.view() || is_part(extension.key)) continue;
      writer.key(extension.key);
      writer.raw(extension.json);
    }
    writer.end_object();
  }

  static bool empty(const Object& object) {
    if (!First::empty(object) || (!Rest::empty(object) || ...)) return false;
    for (const shape::Extension& extension : object.extensions) {
      if (extension.shape == Name.view()) return false;
    }
    return true;
  }

 private:
  static bool is_part(std::string_view key) { return key == First::key || ((key == Rest::key) || ...); }

  static void keep(const shape::Node& child, Object& object, const shape::Reading& reading) {
    object.extensions.push_back({Text::borrow(Name.view()), reading.keep(child.key), reading.keep(child.raw)});
  }

  /// Reads the child and returns true, if the child is this part; otherwise increments `place`.
  template <class P>
  static bool read_part(const shape::Node& child, Object& object, shape::Reading& reading, shape::Fit& fit,
                        int& place) {
    if (child.key != P::key) {
      ++place;
      return false;
    }
    const shape::Fit one = P::read(child, object, reading);
    if (one == shape::Fit::refused) {
      keep(child, object, reading);
    } else if (one == shape::Fit::respelt || P::empty(object)) {  // an empty part is not written
      fit = shape::Fit::respelt;
    }
    return true;
  }

  template <class P>
  static void write_part(const Object& object, shape::Writer& writer) {
    if (!P::empty(object)) {
      writer.key(P::key);
      P::write(object, writer);
    } else if (const shape::Extension* misfit = find_extension(object.extensions, Name.view(), P::key)) {
      writer.key(P::key);
      writer.raw(misfit->json);
    }
  }
};

}  // namespace parley::rocketchat
