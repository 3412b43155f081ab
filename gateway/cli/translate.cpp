// parley translate: translates one document, without a server.
#include "gateway/translate/translate.hpp"

#include <iostream>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/common.hpp"

namespace parley::gateway::cli {

Exit translate(const TranslateCommand& options, Streams streams) {
  const translate::NamedShape* from = shape_option("--from", options.from, streams);
  const translate::NamedShape* to = shape_option("--to", options.to, streams);
  if (from == nullptr || to == nullptr) return Exit::usage;
  if (auto possible = translate::check_pair(*from, *to, options.callback); !possible) {
    return fail(streams, Exit::usage, possible.error().message);
  }
  const Result<String> text = read_text(options.file, streams);
  if (!text) return fail(streams, Exit::failed, text.error().message);

  const auto made = translate(
      *from, *to, *text, {.callback = options.callback, .report = true, .brief = !options.report && !options.strict});
  if (!made) return fail(streams, Exit::failed, placed(options.file, made.error()));
  const bool refused = options.strict && !made->report.entries.empty();
  if (options.report || refused) {
    if (options.json) {
      streams.err << made->report.json() << '\n';
    } else if (made->report.entries.empty()) {
      streams.err << "parley: nothing is lost, narrowed or invented\n";
    } else {
      streams.err << made->report.text();
    }
  } else if (made->unmeasured) {
    streams.err << "parley: parts of the document are lost, as " << to->name() << " is "
                << translate::describe(to->shape->kind) << "; --report names them\n";
  } else if (const String summary = made->report.summary(); !summary.empty()) {
    streams.err << "parley: " << summary << '\n';
  }
  if (refused) return Exit::failed;
  streams.out << made->text.view() << '\n';
  return written(streams);
}

}  // namespace parley::gateway::cli
