// Parses the command line with CLI11 and maps its errors to our exit codes, which scripts rely on; see cli.hpp.
#include "gateway/cli/cli.hpp"

#include <fcntl.h>
#include <unistd.h>

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
#include "gateway/translate/catalogue.hpp"
#include "gateway/translate/translate.hpp"

namespace parley::gateway::cli {
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
    add_erase();
    add_export();
    add_backup();
    add_dump();
    add_help();
    app_.footer(
        "Exit codes: 0 done, 1 failed, 2 bad configuration, 64 wrong usage.\n"
        "`parley help COMMAND` explains a command, with examples.");
  }

  Exit run(std::span<const std::string_view> given) {
    const List<std::string_view> arguments = without_help_words(given);
    if (arguments.empty() || arguments.front() == "--")
      return fail(streams_, Exit::usage, "a command is needed; known:" + known_commands());
    if (const auto unknown = unknown_command(arguments)) return fail(streams_, Exit::usage, *unknown);
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // CLI11 wants the arguments in reverse
    try {
      app_.parse(std::move(reversed));
    } catch (const CLI::Success& asked) {  // --help, --version
      app_.exit(asked, streams_.out, streams_.err);
      streams_.out << std::flush;
      return Exit::done;
    } catch (const CLI::ParseError& error) {
      // For a misspelt required option, CLI11 may report the missing one instead: name the unknown option first.
      if (const auto unknown = unknown_option(arguments)) return fail(streams_, Exit::usage, *unknown);
      return fail(streams_, Exit::usage, String(error.what()) + "\nRun with --help for more information.");
    }
    return command_();
  }

 private:
  /// Adds a command that runs `execute` with `options`.
  template <class Options>
  CLI::App* add(const std::string& name, const std::string& what, Options& options,
                Exit (*execute)(const Options&, Streams), const std::string& examples) {
    CLI::App* command = app_.add_subcommand(name, what);
    command->footer("Examples:\n" + examples);
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
    CLI::App* command = add("serve", "Run the gateway", serve_, serve,
                            "  parley serve                                    the demo of config/gateway.yaml\n"
                            "  parley serve --config /etc/parley/gateway.yaml\n"
                            "  parley serve --listen 127.0.0.1:9000 --listen [::1]:9000");
    add_config(command, serve_.config);
    command->add_option("--listen", serve_.listen, "Listen here instead; may be given several times")
        ->type_name("HOST:PORT")
        ->allow_extra_args(false);
  }
  void add_check() {
    CLI::App* command = add("check", "Say what is wrong with a configuration", check_, check,
                            "  parley check --config /etc/parley/gateway.yaml && systemctl reload parley");
    add_config(command, check_.config);
    command->add_flag("--strict", check_.strict, "End with 2 after a warning, too");
  }
  void add_routes() {
    CLI::App* command = add("routes", "List every endpoint of a configuration", routes_, routes,
                            "  parley routes --config gateway.yaml\n"
                            "  parley routes --json | jq -r '.[] | select(.supported | not) | .path'");
    add_config(command, routes_.config);
    command->add_flag("--json", routes_.json, "As JSON");
  }
  /// The name of the first shape that fits, for an example in the help.
  template <class Fits>
  static String example_shape(const Fits& fits) {
    const auto all = translate::catalogue();
    const auto at = std::find_if(all.begin(), all.end(), fits);
    return at != all.end() ? at->name() : String("STYLE:SHAPE");
  }
  static bool is_document(const translate::NamedShape& shape) { return !shape.canonical() && !shape.shape->list; }
  static bool is_list(const translate::NamedShape& shape) { return !shape.canonical() && shape.shape->list; }
  /// The options for the first two documents of different styles that can be translated, for an example in the help.
  static String example_pair(std::string_view callback) {
    for (const translate::NamedShape& from : translate::catalogue()) {
      for (const translate::NamedShape& to : translate::catalogue()) {
        if (is_document(from) && is_document(to) && from.style != to.style && translate::check_pair(from, to, callback))
          return "--from " + from.name() + " --to " + to.name();
      }
    }
    return "--from STYLE:SHAPE --to STYLE:SHAPE";
  }

  void add_translate() {
    const String pair = example_pair({});
    CLI::App* command =
        add("translate", "Translate one document; standard input to standard output", translate_, translate,
            "  parley translate " + pair + " document.json\n" + "  parley translate " + pair +
                " --report document.json >translated.json\n" + "  curl -s URL | parley translate " +
                example_pair("show") + " --callback show\n" + "`parley schema` lists every STYLE:SHAPE.");
    command->add_option("--from", translate_.from, "What the document is")->type_name("STYLE:SHAPE")->required();
    command->add_option("--to", translate_.to, "What it becomes")->type_name("STYLE:SHAPE")->required();
    command->add_option("--callback", translate_.callback, "Answer as JSONP with this callback")
        ->type_name("NAME")
        ->check([](const std::string& name) {
          return std::string(name.empty() ? "the name of a function is needed" : "");
        });
    CLI::Option* report =
        command->add_flag("--report", translate_.report, "List what is lost, narrowed or invented, on standard error");
    command->add_flag("--json", translate_.json, "The report as JSON")->needs(report);
    command->add_flag("--strict", translate_.strict,
                      "Fail, and write nothing, if anything is lost, narrowed or invented");
    command->add_option("FILE", translate_.file, "The document; - is standard input")->capture_default_str();
  }
  void add_fidelity() {
    CLI::App* command = add("fidelity", "Show how each vendor shape carries each canonical field", fidelity_, fidelity,
                            "  parley fidelity | less -S\n  parley fidelity --json");
    command->add_flag("--json", fidelity_.json, "As JSON");
  }
  void add_schema() {
    CLI::App* command = add("schema", "Print a JSON Schema; without a name, list what there is", schema_, schema,
                            "  parley schema                            every STYLE:SHAPE\n"
                            "  parley schema " +
                                example_shape(&is_document) + "\n" +
                                "  parley schema config --markdown          the reference of the configuration");
    command->add_option("SHAPE", schema_.shape, "A wire shape (STYLE:SHAPE), canonical:SHAPE, or config");
    command->add_flag("--markdown", schema_.markdown, "Print the reference for people instead");
  }
  void add_load() {
    const String document = example_shape(&is_document);
    CLI::App* command = add(
        "load", "Put vendor documents into a store", load_, load,
        "  parley load --config gateway.yaml --backend local --from " + example_shape(&is_list) + " list.json\n" +
            "  gzip -cd all.ndjson.gz | parley load --config gateway.yaml --backend local --from " + document + " -\n" +
            "  parley load --config gateway.yaml --backend local --from " + document + " \\\n" +
            "      --rejects refused.ndjson --resume load.state all.ndjson\n"
            "A file holds one document, documents one a line (NDJSON) or one after the other, or a list of them. A "
            "record\n"
            "replaces that of the same id, so a load may be run again. Without --rejects the first document that is "
            "refused\n"
            "ends the load: what stands before it is stored. A store that is being served is loaded through the admin\n"
            "listener of the configuration.");
    add_config(command, load_.config);
    command->add_option("--backend", load_.backend, "Backend of the configuration")->type_name("NAME")->required();
    command->add_option("--from", load_.from, "What the documents are; canonical:dump: the lines of `parley dump`")
        ->type_name("STYLE:SHAPE")
        ->required();
    command
        ->add_option("--rejects", load_.rejects,
                     "Go on after a document that is refused; write it here, with the reason, as a line of JSON")
        ->type_name("FILE");
    command
        ->add_option("--resume", load_.resume,
                     "Note here how far the load is; one that was interrupted goes on from there")
        ->type_name("FILE");
    command->add_option("FILE", load_.files, "Documents; - or nothing is standard input");
  }
  template <class Options>
  static void add_store(CLI::App* command, Options& options) {
    add_config(command, options.config);
    command->add_option("--backend", options.backend, "Store of the configuration")->type_name("NAME")->required();
  }
  /// How a command names a visitor.
  template <class Options>
  static void add_visitor(CLI::App* command, Options& options) {
    CLI::Option* id = command->add_option("--visitor", options.visitor, "The visitor's id")->type_name("ID");
    command->add_option("--token", options.token, "The visitor's token, instead of the id")
        ->type_name("TOKEN")
        ->excludes(id);
  }
  void add_erase() {
    CLI::App* command = add(
        "erase", "Remove a visitor with all personal data from a store", erase_, erase,
        "  parley erase --config gateway.yaml --backend local --visitor iNKE8a6k6cjbqWhWd\n"
        "  parley erase --config gateway.yaml --backend local --token abc --json | jq .messages\n"
        "Removes the visitor, the messages of the chats, page visits, offline messages and channels. The chats stay, "
        "without\n"
        "their visitor. It asks nothing, and it is refused while the visitor has an open chat. A store that is being "
        "served\n"
        "is changed through the admin listener of the configuration.");
    add_store(command, erase_);
    add_visitor(command, erase_);
    command->add_flag("--json", erase_.json, "Say what was removed as JSON");
  }
  void add_export() {
    CLI::App* command = add(
        "export", "Print all that a store knows of a visitor", export_, export_visitor,
        "  parley export --config gateway.yaml --backend local --visitor iNKE8a6k6cjbqWhWd >visitor.json\n"
        "The document has the visitor, contacts, chats, messages, page visits and offline messages in the canonical "
        "form\n"
        "(`parley schema canonical:visitor`), as of one moment. A gateway may serve the store meanwhile.");
    add_store(command, export_);
    add_visitor(command, export_);
  }
  void add_backup() {
    CLI::App* command =
        add("backup", "Copy a store, also while it is being served", backup_, backup,
            "  parley backup --config gateway.yaml --backend local /var/backups/parley-$(date +%F).db\n"
            "The copy is the store as of one moment, and is on the disk when the command ends. To go back to it, stop "
            "the\n"
            "gateway, remove the store's files, and put the copy in place of the store.");
    add_store(command, backup_);
    command->add_option("FILE", backup_.file, "The copy; there must be no file of this name")->required();
  }
  void add_dump() {
    CLI::App* command = add(
        "dump", "Write all that a store holds as lines of JSON", dump_, dump,
        "  parley dump --config gateway.yaml --backend local --to all.ndjson\n"
        "  parley dump --config gateway.yaml --backend local | gzip >all.ndjson.gz\n"
        "  parley load --config new.yaml --backend local --from canonical:dump all.ndjson\n"
        "The lines are the store as of one moment, and a gateway may serve it meanwhile. Loaded into an empty store, "
        "they\n"
        "make the same store. Until the dump is whole, its file is called FILE.partial, and its last line is missing.\n"
        "`parley schema canonical:dump --markdown` explains the lines.");
    add_store(command, dump_);
    CLI::Option* to = command->add_option("--to", dump_.to, "The file; without it, standard output")->type_name("FILE");
    command->add_flag("--resume", dump_.resume, "Go on with FILE.partial, if a dump was interrupted")->needs(to);
    command->add_flag("--json", dump_.json, "The counts on standard error as JSON");
  }
  void add_help() {
    app_.add_subcommand("help", "Explain a command")->add_option("COMMAND", help_, "The command; none = list them");
    app_.add_subcommand("version", "Print the version");
  }

  /// `help`, `help COMMAND` and `version` are the options of the same names.
  static List<std::string_view> without_help_words(std::span<const std::string_view> given) {
    List<std::string_view> arguments(given.begin(), given.end());
    if (arguments.empty()) return arguments;
    if (arguments.size() == 1 && arguments.front() == "version") return {"--version"};
    if (arguments.front() != "help") return arguments;
    if (arguments.size() == 1) return {"--help"};
    if (arguments.size() == 2 && !arguments.back().starts_with('-')) return {arguments.back(), "--help"};
    return arguments;
  }

  [[nodiscard]] String known_commands() const {
    String text;
    for (const CLI::App* command : app_.get_subcommands({})) text.append(" ").append(command->get_name());
    return text + "; `parley help` explains them";
  }

  /// The message for a first word that is not a command.
  [[nodiscard]] std::optional<String> unknown_command(std::span<const std::string_view> arguments) const {
    if (arguments.empty() || arguments.front().starts_with('-')) return std::nullopt;
    List<String> names;
    for (const CLI::App* command : app_.get_subcommands({})) names.push_back(command->get_name());
    return unknown("command", arguments.front(), names);
  }

  /// The message for the first option that the command does not know.
  [[nodiscard]] std::optional<String> unknown_option(std::span<const std::string_view> arguments) const {
    if (arguments.empty()) return std::nullopt;
    const bool of_command = !arguments.front().starts_with('-');
    const CLI::App* command = of_command ? app_.get_subcommand(std::string(arguments.front())) : &app_;
    List<String> names;
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
      for (const std::string& name : option->get_snames()) names.push_back("-" + name);
    }
    for (const std::string_view argument : arguments) {
      if (argument == "--") return std::nullopt;
      if (argument.size() < 2 || !argument.starts_with('-')) continue;
      if (auto said = unknown("option", argument.substr(0, argument.find('=')), names)) return said;
    }
    return std::nullopt;
  }

  static std::optional<String> unknown(std::string_view what, std::string_view name, const List<String>& names) {
    const List<std::string_view> known(names.begin(), names.end());
    if (std::find(known.begin(), known.end(), name) != known.end()) return std::nullopt;
    String text = "unknown " + String(what) + " \"" + String(name) + '"';
    if (const auto near = config::nearest(name, known)) return text.append("; did you mean ").append(*near) + '?';
    text += "; known:";
    for (const std::string_view one : known) text.append(" ").append(one);
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
  EraseOptions erase_;
  ExportOptions export_;
  BackupOptions backup_;
  DumpOptions dump_;
  String help_;
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

namespace {

/// Opens /dev/null in place of each standard stream that is closed. Otherwise the next file or socket would get the stream's
/// number and its output. Standard input is opened for writing only, so that reading it still fails.
void keep_standard_streams() noexcept {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    const int way = stream == STDIN_FILENO ? O_WRONLY : O_RDWR;
    if (::fcntl(stream, F_GETFD) == -1 && ::open("/dev/null", way) == -1) return;
  }
}

}  // namespace

int run(int argc, const char* const* argv) {
  keep_standard_streams();
  std::ios::sync_with_stdio(false);
  const List<std::string_view> arguments(argv + std::min(argc, 1), argv + argc);
  return run(arguments, Streams{std::cin, std::cout, std::cerr});
}

}  // namespace parley::gateway::cli
