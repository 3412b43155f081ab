// The program: everything is in gateway/cli.
#include "gateway/cli/cli.hpp"

int main(int argc, char** argv) { return parley::gateway::run(argc, argv); }
