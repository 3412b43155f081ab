// The program: everything is in gateway/cli.
#include "gateway/cli/cli.hpp"
#include "gateway/observe/build.hpp"

int main(int argc, char** argv) {
  parley::gateway::observe::set_commit(PARLEY_COMMIT);
  return parley::gateway::cli::run(argc, argv);
}
