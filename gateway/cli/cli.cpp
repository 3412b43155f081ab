// The command line by CLI11, and the exit codes that it is a contract to keep; see cli.hpp.
#include "gateway/cli/cli.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <exception>
#include <functional>
#include <iostream>
#include <optional>

#include "config/settings.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/common.hpp"

namespace parley::gateway {
namespace {

/// All options of all commands, and the commands themselves.
class CommandLine {
 public:
  explicit CommandLine(Streams streams) : streams_(streams) {
    app_.set_version_flag("--version", "parley " PARLEY_VERSION);
    app_.require_subcommand(1);
    add_serve();
    add_check();
    add_routes();
    add_translate();
    add_fidelity();
    add_schema();
    add_load();
  }

  Exit run(std::span<const std::string_view> arguments) {
    if (const auto unknown = unknown_command(arguments)) return fail(streams_, Exit::usage, *unknown);
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // as CLI11 takes them
    try {
      app_.parse(std::move(reversed));
    } catch (const CLI::Success& asked) {  // --help, --version
      app_.exit(asked, streams_.out, streams_.err);
      streams_.out << std::flush;
      return Exit::done;
    } catch (const CLI::ParseError& error) {
      return fail(streams_, Exit::usage, String(error.what()) + "\nRun with --help for more information.");
    }
    return command_();
  }

 private:
  /// A command of ours, which runs `execute` with `options` when it is the one that was asked for.
  template <class Options>
  CLI::App* add(const std::string& name, const std::string& what, Options& options,
                Exit (*execute)(const Options&, Streams)) {
    CLI::App* command = app_.add_subcommand(name, what);
    command->callback(
        [this, &options, execute] { command_ = [this, &options, execute] { return execute(options, streams_); }; });
    return command;
  }
  static void add_config(CLI::App* command, String& file) {
    command
        ->add_option("--config", file,
                     "Configuration file; - is standard input. Without it: config/gateway.yaml, else "
                     "/etc/parley/gateway.yaml")
        ->type_name("FILE");
  }

  void add_serve() {
    CLI::App* command = add("serve", "Run the gateway", serve_, serve);
    add_config(command, serve_.config);
    command->add_option("--listen", serve_.listen, "Listen here instead; may be given several times")
        ->type_name("HOST:PORT")
        ->allow_extra_args(false);
  }
  void add_check() {
    CLI::App* command = add("check", "Say what is wrong with a configuration", check_, check);
    add_config(command, check_.config);
    command->add_flag("--strict", check_.strict, "End with 2 after a warning, too");
  }
  void add_routes() {
    CLI::App* command = add("routes", "List every endpoint of a configuration", routes_, routes);
    add_config(command, routes_.config);
    command->add_flag("--json", routes_.json, "As JSON");
  }
  void add_translate() {
    CLI::App* command =
        add("translate", "Translate one document; standard input to standard output", translate_, translate);
    command->add_option("--from", translate_.from, "What the document is")->type_name("STYLE:SHAPE")->required();
    command->add_option("--to", translate_.to, "What it becomes")->type_name("STYLE:SHAPE")->required();
    command->add_option("--callback", translate_.callback, "Answer as JSONP with this callback")->type_name("NAME");
    CLI::Option* report =
        command->add_flag("--report", translate_.report, "List what is lost, narrowed or invented, on standard error");
    command->add_flag("--json", translate_.json, "The report as JSON")->needs(report);
    command->add_flag("--strict", translate_.strict,
                      "Fail, and write nothing, if anything is lost, narrowed or invented");
    command->add_option("FILE", translate_.file, "The document; - is standard input")->capture_default_str();
  }
  void add_fidelity() {
    CLI::App* command = add("fidelity", "Show how each vendor shape carries each canonical field", fidelity_, fidelity);
    command->add_flag("--json", fidelity_.json, "As JSON");
  }
  void add_schema() {
    CLI::App* command = add("schema", "Print a JSON Schema; without a name, list what there is", schema_, schema);
    command->add_option("SHAPE", schema_.shape, "A wire shape (STYLE:SHAPE), canonical:SHAPE, or config");
    command->add_flag("--markdown", schema_.markdown, "Print the reference for people instead");
  }
  void add_load() {
    CLI::App* command = add("load", "Put vendor documents into a store", load_, load);
    command->add_option("--config", load_.config, "Configuration file; - is standard input")
        ->type_name("FILE")
        ->required();
    command->add_option("--backend", load_.backend, "Backend of the configuration")->type_name("NAME")->required();
    command->add_option("--from", load_.from, "What the documents are")->type_name("STYLE:SHAPE")->required();
    command->add_option("FILE", load_.files, "Documents: one, a list, or one a line; standard input if none");
  }

  /// What to say where the first word is no command.
  [[nodiscard]] std::optional<String> unknown_command(std::span<const std::string_view> arguments) const {
    if (arguments.empty() || arguments.front().starts_with('-')) return std::nullopt;
    List<String> names;
    for (const CLI::App* command : app_.get_subcommands({})) names.push_back(command->get_name());
    const List<std::string_view> known(names.begin(), names.end());
    if (std::find(known.begin(), known.end(), arguments.front()) != known.end()) return std::nullopt;
    String text = "unknown command \"" + String(arguments.front()) + '"';
    if (const auto near = config::nearest(arguments.front(), known))
      return text.append("; did you mean ").append(*near) + '?';
    text += "; known:";
    for (const std::string_view name : known) text.append(" ").append(name);
    return text;
  }

  Streams streams_;
  CLI::App app_{"Parley, a multi-protocol live-chat API gateway", "parley"};
  ServeOptions serve_;
  CheckOptions check_;
  RoutesOptions routes_;
  TranslateCommand translate_;
  FidelityOptions fidelity_;
  SchemaOptions schema_;
  LoadOptions load_;
  std::function<Exit()> command_;
};

}  // namespace

int run(std::span<const std::string_view> arguments, Streams streams) {
  try {
    return static_cast<int>(CommandLine(streams).run(arguments));
  } catch (const std::exception& error) {
    return static_cast<int>(fail(streams, Exit::failed, error.what()));
  }
}

int run(int argc, const char* const* argv) {
  std::ios::sync_with_stdio(false);
  const List<std::string_view> arguments(argv + std::min(argc, 1), argv + argc);
  return run(arguments, Streams{std::cin, std::cout, std::cerr});
}

}  // namespace parley::gateway
