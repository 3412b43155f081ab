// The program: everything is in gateway/cli.
#include "gateway/cli/cli.hpp"
#include "gateway/observe/build.hpp"

int main(int argc, char** argv) {
  parley::observe::set_commit(PARLEY_COMMIT);
  return parley::gateway::run(argc, argv);
}
