// parley fidelity: prints which canonical fields each vendor shape carries.
#include "gateway/translate/fidelity.hpp"

#include <iostream>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/common.hpp"
#include "gateway/translate/pretty.hpp"

namespace parley::gateway::cli {

Exit fidelity(const FidelityOptions& options, Streams streams) {
  const List<translate::Matrix> matrices = translate::fidelity_matrices();
  streams.out << (options.json ? translate::pretty(translate::fidelity_json(matrices))
                               : translate::fidelity_text(matrices));
  return written(streams);
}

}  // namespace parley::gateway::cli
