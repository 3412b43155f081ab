// The commands. Each is in its own file, takes plain options and returns an exit code.
#pragma once

#include "gateway/cli/cli.hpp"

namespace parley::gateway::cli {

struct ServeOptions {
  String config;        ///< as `find_config` takes it
  List<String> listen;  ///< replaces the listeners of the file
};
struct CheckOptions {
  String config;        ///< as `find_config` takes it
  bool strict = false;  ///< warnings count as faults
};
struct RoutesOptions {
  String config;  ///< as `find_config` takes it
  bool json = false;
};
struct TranslateCommand {
  String from;
  String to;
  String callback;
  bool report = false;
  bool json = false;  ///< write the report as JSON
  bool strict = false;
  String file = "-";
};
struct FidelityOptions {
  bool json = false;
};
struct SchemaOptions {
  String shape;  ///< empty = list all shapes
  bool markdown = false;
};
struct LoadOptions {
  String config;  ///< as `find_config` takes it
  String backend;
  String from;
  String rejects;      ///< file for refused documents; empty = the first fault ends the load
  String resume;       ///< file that keeps the progress of the load; empty = none
  List<String> files;  ///< empty = standard input
};

struct EraseOptions {
  String config;  ///< as `find_config` takes it
  String backend;
  String visitor;  ///< an id; empty: `token` is given
  String token;
  bool json = false;
};
struct ExportOptions {
  String config;  ///< as `find_config` takes it
  String backend;
  String visitor;  ///< an id; empty: `token` is given
  String token;
};
struct BackupOptions {
  String config;  ///< as `find_config` takes it
  String backend;
  String file;
};
struct DumpOptions {
  String config;  ///< as `find_config` takes it
  String backend;
  String to;            ///< empty = standard output
  bool resume = false;  ///< go on with the file of a run that did not end
  bool json = false;    ///< write the counts as JSON
};

Exit serve(const ServeOptions& options, Streams streams);
Exit check(const CheckOptions& options, Streams streams);
Exit routes(const RoutesOptions& options, Streams streams);
Exit translate(const TranslateCommand& options, Streams streams);
Exit fidelity(const FidelityOptions& options, Streams streams);
Exit schema(const SchemaOptions& options, Streams streams);
Exit load(const LoadOptions& options, Streams streams);
Exit erase(const EraseOptions& options, Streams streams);
Exit export_visitor(const ExportOptions& options, Streams streams);
Exit backup(const BackupOptions& options, Streams streams);
Exit dump(const DumpOptions& options, Streams streams);

}  // namespace parley::gateway::cli
