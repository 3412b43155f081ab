// What a folder under adapters/ brings: a facade, a backend, wire shapes, demo documents. CMake finds the folder and
// writes the registry.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "adapters/contract/backend.hpp"
#include "adapters/contract/facade.hpp"
#include "adapters/contract/support.hpp"
#include "config/adapter_keys.hpp"
#include "schemas/shape/view.hpp"

namespace parley::contract {

/// A canonical document: what every wire shape is read into and written from.
using Record = std::variant<Chat, Visitor, Agent, List<Visitor>, List<Agent>, List<Channel>>;
enum class RecordKind : std::uint8_t { chat, visitor, agent, visitors, agents, channels };
[[nodiscard]] constexpr std::string_view name_of(RecordKind kind) noexcept {
  constexpr std::array<std::string_view, 6> names = {"chat", "visitor", "agent", "visitors", "agents", "channels"};
  return names[static_cast<std::size_t>(kind)];
}

/// What one shape cannot say of a record kind that is not its own (Enghouse's contact as a visitor), for the fidelity matrix.
struct Projection {
  RecordKind kind;  ///< the other kind
  /// Each canonical field of that kind: carried (where), or dropped (why). Checked for coverage at compile time.
  struct Field {
    std::string_view member;
    shape::Fidelity fidelity;
    std::string_view where_or_why;
  };
  std::span<const Field> fields;
  /// From the shape's own kind to the other.
  Record (*to)(const Record& own);
  /// From the other kind to the shape's own; nullptr where there is no way back.
  Record (*from)(const Record& other);
};

/// A wire document of a vendor that can be translated without a server.
struct WireShape {
  std::string_view name;    ///< `contact`: after the colon of STYLE:SHAPE
  RecordKind kind;          ///< what it is read into
  const shape::View* view;  ///< table of the object, or of an element of the list
  bool list;                ///< the document is a list of such objects
  /// The path to the object in the vendor's answer, `contact` or `visitor`; empty where the answer is the object itself.
  std::string_view envelope_key;
  /// Writes the vendor's answer around the ready JSON of the object or list. nullptr where there is no envelope.
  void (*wrap)(std::string_view json, Buffer& out);
  std::span<const Projection> projections;
};

/// The body of a request, as a table: the facade reads it by this table, and the connector writes it by this table.
/// `parley schema` shows it. The vendor's example stands in samples/<name>.json.
struct BodyShape {
  std::string_view name;       ///< `request.visitor`: after the colon of STYLE:SHAPE
  const shape::View* view;     ///< table of the object, or of an element of the list
  http::Method method;         ///< the endpoint that takes it
  std::string_view pattern;    ///< as in the facade's endpoint table
  std::string_view profile{};  ///< the one profile whose endpoint takes it in this form; empty = every profile
  bool list = false;           ///< the body is a list of such objects
};

/// A document of the vendor's, from the folder's samples/: embedded by CMake as `parley::<name>::samples()`.
struct Sample {
  std::string_view name;  ///< file name, e.g. `contact.json`
  std::string_view text;
};

/// A file of a backend, for checks that no two parts of a configuration use one.
struct BackendFile {
  String path;
  std::string_view key;  ///< that names it: `path`
  bool store = false;    ///< it is the store itself, which one backend alone can have open
};

struct Adapter {
  std::string_view name;  ///< the folder's name: STYLE on the command line, `facade` and `kind` in the configuration
  /// A facade for a route, or nullptr. The settings were checked with `check_route`.
  std::unique_ptr<Facade> (*make_facade)(const config::Route& route) = nullptr;
  /// What a route of this facade may name as its `profile`; nothing where there is no choice.
  std::span<const std::string_view> profiles = {};
  /// Adds the faults of a route's settings that only this vendor can see (profile, credentials).
  void (*check_route)(const config::Route& route, config::Faults& faults) = nullptr;
  /// Opens a backend, or nullptr where the folder brings none. Errors: unavailable with `detail` (cannot open the file …);
  /// `retryable` where another process or backend has it open at the moment.
  Result<std::unique_ptr<Backend>> (*open_backend)(const config::Backend& settings) = nullptr;
  void (*check_backend)(const config::Backend& settings, config::Faults& faults) = nullptr;
  std::span<const WireShape> shapes;
  /// The bodies that the facade's endpoints take: one for each endpoint that reads its body.
  std::span<const BodyShape> bodies = {};
  std::span<const Sample> (*samples)() = nullptr;
  /// Demo records: the seeds' examples of this vendor.
  void (*demo)(Records& records) = nullptr;
  /// Puts JSON into the vendor's script form (JSONP): nullptr where there is none. Errors: invalid_callback.
  Result<void> (*to_script)(std::string_view json, std::string_view callback, Buffer& out) = nullptr;
  /// The JSON inside the vendor's script form: a part of `text`. Text that is no script comes back as it is, but for blanks and
  /// a byte order mark around it. nullopt: it begins like a script and is none. nullptr where there is no script form.
  std::optional<std::string_view> (*from_script)(std::string_view text) noexcept = nullptr;
  /// What its backends can do; nullptr where the folder brings none.
  const Support* support = nullptr;
  /// The tables of the keys that its backends and routes read beside those that all have (config/own_table.hpp), with those that
  /// it shares: of stores, upstreams or logins. A key that another adapter has and this one does not has no effect here, and
  /// the operator is told.
  std::span<const config::OwnTable* const> tables = {};
  /// Secrets of the published demo: a route that accepts one is not to be shown beyond loopback.
  std::span<const std::string_view> demo_credentials = {};
  /// Adds every file that a backend of these settings reads or writes. nullptr: it has none.
  void (*files)(const config::Backend& settings, List<BackendFile>& files) = nullptr;
  /// Whether `open_backend` would find the files that it needs. Leaves no file behind and calls nobody; a store that is in use passes.
  /// Errors: unavailable, `field` names the key. nullptr: no file is needed.
  Result<void> (*try_backend)(const config::Backend& settings) = nullptr;
};

/// All adapters, in the order of their names. Written by CMake from the folders.
[[nodiscard]] std::span<const Adapter* const> registry() noexcept;
/// The adapter of that name, or nullptr.
[[nodiscard]] const Adapter* find_adapter(std::string_view name) noexcept;

/// What these adapters read of a configuration. Views into the adapters.
[[nodiscard]] List<config::AdapterKeys> keys_of(std::span<const Adapter* const> adapters = registry());

}  // namespace parley::contract
