// The contract of a folder under adapters/: it can bring a facade, a backend, wire shapes and demo records. CMake finds
// the folders and writes the registry.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "adapters/contract/archive.hpp"
#include "adapters/contract/backend.hpp"
#include "adapters/contract/facade.hpp"
#include "adapters/contract/support.hpp"
#include "config/adapter_keys.hpp"
#include "schemas/shape/view.hpp"

namespace parley::contract {

/// A canonical document. Every wire shape is read into one of these types and written from it.
using Record = std::variant<Chat, Visitor, Agent, List<Visitor>, List<Agent>, List<Channel>, List<Message>, Department,
                            List<Department>, OfflineMessage, List<OfflineMessage>, Contact, List<Contact>>;
enum class RecordKind : std::uint8_t {
  chat,
  visitor,
  agent,
  visitors,
  agents,
  channels,
  messages,
  department,
  departments,
  offline_message,
  offline_messages,
  contact,
  contacts,
};
[[nodiscard]] constexpr std::string_view name_of(RecordKind kind) noexcept {
  constexpr std::array<std::string_view, 13> names = {
      "chat",       "visitor",     "agent",           "visitors",         "agents",  "channels", "messages",
      "department", "departments", "offline_message", "offline_messages", "contact", "contacts"};
  return names[static_cast<std::size_t>(kind)];
}

/// Describes how one shape carries a record kind that is not its own (Enghouse's contact as a visitor). Used by the
/// fidelity matrix.
struct Projection {
  RecordKind kind;  ///< the other kind
  /// Each canonical field of that kind: either carried (and where), or dropped (and why).
  struct Field {
    std::string_view member;
    std::string_view lossy;  ///< the same with its record, as losses name it: `visitor.token`
    shape::Fidelity fidelity = shape::Fidelity::exact;
    std::string_view where_or_why;
    /// Whether a record of the other kind loses this member, which is not empty, although it is carried. nullptr: never.
    bool (*lost)(const void* record) = nullptr;
  };
  /// In the order of the canonical table. A ProjectionTable makes them (projection.hpp).
  std::span<const Field> fields;
  /// Converts from the shape's own kind to the other kind.
  Record (*to)(const Record& own);
  /// Converts from the other kind to the shape's own kind; nullptr where that is not possible.
  Record (*from)(const Record& other);
};

/// A vendor's wire document that can be translated without a server.
struct WireShape {
  std::string_view name;    ///< `contact`: the part of STYLE:SHAPE after the colon
  RecordKind kind;          ///< the kind of record that it is read into
  const shape::View* view;  ///< the table of the object, or of one element if the document is a list
  bool list;                ///< the document is a list of such objects
  /// The path to the object in the vendor's answer: `contact` or `visitor`. Empty where the object is the whole answer.
  std::string_view envelope_key;
  /// Writes the vendor's envelope around the JSON of the object or list. nullptr where there is no envelope.
  void (*wrap)(std::string_view json, Buffer& out);
  std::span<const Projection> projections;
};

/// The body of a request, as a table. The facade reads the body by it, the connector writes the body by it, and `parley
/// schema` prints it. The vendor's example is samples/<name>.json.
struct BodyShape {
  std::string_view name;       ///< `request.visitor`: the part of STYLE:SHAPE after the colon
  const shape::View* view;     ///< the table of the object, or of one element if the body is a list
  http::Method method;         ///< the method of the endpoint that takes the body
  std::string_view pattern;    ///< the pattern of that endpoint, as in the facade's endpoint table
  std::string_view profile{};  ///< the only profile whose endpoint takes this form; empty = every profile
  bool list = false;           ///< the body is a list of such objects
};

/// A call of the vendor's API that belongs to what Parley is for, but that the facade does not serve. `parley routes` shows it with the
/// reason, and a client gets the answer for an unknown path.
struct UnservedCall {
  http::Method method;
  std::string_view pattern;  ///< as in the facade's endpoint table
  std::string_view why;
};

/// A vendor's document from the folder's samples/. CMake embeds it; `parley::<name>::samples()` returns it.
struct Sample {
  std::string_view name;  ///< file name: `contact.json`
  std::string_view text;
};

/// A file that a backend uses. The loader refuses a configuration in which two parts use the same file.
struct BackendFile {
  String path;
  std::string_view key;  ///< the key that names the file: `path`
  bool store = false;    ///< the file is the store itself, which only one backend can have open
};

struct Adapter {
  std::string_view name;  ///< the folder's name: STYLE on the command line, `facade` and `kind` in the configuration
  /// Makes the facade of a route that `check_route` has accepted. nullptr: the folder has no facade.
  std::unique_ptr<Facade> (*make_facade)(const config::Route& route) = nullptr;
  /// The values that a route of this facade may have as its `profile`. Empty: there is no choice.
  std::span<const std::string_view> profiles = {};
  /// Adds the faults of a route's settings that only this vendor can find (profile, credentials).
  void (*check_route)(const config::Route& route, config::Faults& faults) = nullptr;
  /// Opens a backend. Errors: unavailable, with the reason in `detail`; `retryable` where another process or backend
  /// has the store open at the moment. nullptr: the folder has no backend.
  Result<std::unique_ptr<Backend>> (*open_backend)(const config::Backend& settings) = nullptr;
  void (*check_backend)(const config::Backend& settings, config::Faults& faults) = nullptr;
  /// Opens a store for reading, whether or not a process serves it. Errors: unavailable, with the reason. nullptr: its backends are no
  /// stores.
  Result<std::unique_ptr<Archive>> (*open_archive)(const config::Backend& settings) = nullptr;
  std::span<const WireShape> shapes;
  /// The bodies that the facade's endpoints take: one entry for each endpoint that reads its body.
  std::span<const BodyShape> bodies = {};
  /// The calls that the facade does not serve.
  std::span<const UnservedCall> unserved = {};
  std::span<const Sample> (*samples)() = nullptr;
  /// Adds the demo records: this vendor's published examples.
  void (*demo)(Records& records) = nullptr;
  /// Wraps JSON into the vendor's script form (JSONP). nullptr: the vendor has none. Errors: invalid_callback.
  Result<void> (*to_script)(std::string_view json, std::string_view callback, Buffer& out) = nullptr;
  /// Finds the JSON inside the vendor's script form; the result is a part of `text`. Text that is not a script comes
  /// back without the blanks and the byte order mark around it. nullopt: it begins like a script but is not a valid
  /// one. nullptr: the vendor has no script form.
  std::optional<std::string_view> (*from_script)(std::string_view text) noexcept = nullptr;
  /// The operations that its backends can execute; nullptr where the folder has no backend.
  const Support* support = nullptr;
  /// The tables of the keys that its backends and routes read, beyond those that all of them have
  /// (config/own_table.hpp). Shared tables count, too: those of stores, upstreams or logins. A key that only other
  /// adapters read has no effect here: the loader reports it.
  std::span<const config::OwnTable* const> tables = {};
  /// Secrets of the published demo. A route that accepts one of them must stay on loopback.
  std::span<const std::string_view> demo_credentials = {};
  /// Adds every file that a backend of these settings reads or writes. nullptr: it uses none.
  void (*files)(const config::Backend& settings, List<BackendFile>& files) = nullptr;
  /// Checks whether `open_backend` would find the files that it needs. Leaves no file behind and calls no server; a
  /// store that is in use passes. Errors: unavailable; `field` names the key. nullptr: the backend needs no file.
  Result<void> (*try_backend)(const config::Backend& settings) = nullptr;
};

/// All adapters, sorted by name. CMake writes this function.
[[nodiscard]] std::span<const Adapter* const> registry() noexcept;
/// The adapter of that name, or nullptr.
[[nodiscard]] const Adapter* find_adapter(std::string_view name) noexcept;

/// The keys that these adapters read from a configuration. The result refers to the adapters.
[[nodiscard]] List<config::AdapterKeys> keys_of(std::span<const Adapter* const> adapters = registry());

}  // namespace parley::contract
