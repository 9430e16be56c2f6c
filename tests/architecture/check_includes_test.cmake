cmake_minimum_required(VERSION 3.25)
# Proves that check_includes.cmake sees what it is there for: each row plants one fault in a small tree.
#   cmake -DWORK=folder -P check_includes_test.cmake


# check(NAME words MODULES lines… FILES path include… SAYS regex): SAYS is empty where nothing is wrong.
function(check)
  cmake_parse_arguments(PARSE_ARGV 0 row "" "NAME;SAYS" "MODULES;FILES")
  set(tree ${WORK}/${row_NAME})
  file(REMOVE_RECURSE ${tree})
  set(modules
    "shared_core|shared/core||"
    "server_net|server/net|shared_core|"
    "server_calls|server/calls|shared_core|"
    ${row_MODULES})
  list(JOIN modules "\n" text)
  file(WRITE ${tree}/modules.txt "${text}\n")
  set(files
    shared/core/core.hpp ""
    server/net/net.hpp "#include \"shared/core/core.hpp\""
    server/calls/calls.hpp "#include \"shared/core/core.hpp\""
    ${row_FILES})
  while(files)
    list(POP_FRONT files path content)
    file(APPEND ${tree}/${path} "${content}\n")
  endwhile()
  execute_process(
    COMMAND ${CMAKE_COMMAND} -DSOURCE_DIR=${tree} -DMODULES=${tree}/modules.txt
            -P ${CMAKE_CURRENT_LIST_DIR}/check_includes.cmake
    RESULT_VARIABLE code OUTPUT_QUIET ERROR_VARIABLE said)
  string(REGEX REPLACE "[ \n]+" " " said "${said}")
  if("${row_SAYS}" STREQUAL "" AND NOT code EQUAL 0)
    message(SEND_ERROR "${row_NAME}: finds a fault where there is none: ${said}")
  elseif(NOT "${row_SAYS}" STREQUAL "" AND (code EQUAL 0 OR NOT said MATCHES "${row_SAYS}"))
    message(SEND_ERROR "${row_NAME}: does not say '${row_SAYS}' but: ${said}")
  endif()
  file(REMOVE_RECURSE ${tree})
endfunction()

check(NAME nothing_wrong SAYS "")
check(NAME listed_in_hides_is_for_sources_alone
  MODULES "server_api|server/api|shared_core|server_net"
  FILES server/api/api.hpp "#include \"shared/core/core.hpp\"\n#include \"server/net/net.hpp\""
  SAYS "server/api/api.hpp: includes server/net/net.hpp, which server_api does not list")
check(NAME not_listed
  FILES server/calls/calls.cpp "#include \"server/net/net.hpp\""
  SAYS "server/calls/calls.cpp: includes server/net/net.hpp, which server_calls does not list")
check(NAME not_listed_in_another_spelling
  FILES server/calls/calls.cpp "  #  include <server/net/net.hpp>"
  SAYS "server/calls/calls.cpp: includes server/net/net.hpp")
check(NAME not_from_the_root
  FILES server/calls/calls.cpp "#include \"calls.hpp\""
  SAYS "server/calls/calls.cpp: includes calls.hpp")
check(NAME listed_and_not_used
  MODULES "server_api|server/api|server_net|"
  FILES server/api/api.hpp ""
  SAYS "server_api lists server_net and includes nothing of it")
check(NAME folder_without_a_module
  FILES server/lost/lost.hpp ""
  SAYS "server/lost/lost.hpp: no module")
check(NAME program_in_a_folder_of_its_own
  MODULES "tool|bench|shared_core|"
  FILES bench/main.cpp "#include \"server/net/net.hpp\""
  SAYS "bench/main.cpp: includes server/net/net.hpp, which tool does not list")
check(NAME shared_uses_the_server
  MODULES "shared_json|shared/json|server_net|"
  FILES shared/json/json.hpp "#include \"server/net/net.hpp\""
  SAYS "shared/json depends on server/net")
check(NAME agent_uses_the_server
  MODULES "agent_link|agent/link|server_net|"
  FILES agent/link/link.hpp "#include \"server/net/net.hpp\""
  SAYS "agent/link depends on server/net")
check(NAME simulator_may_use_the_network_layer
  MODULES "simulators_pbx|simulators/pbx||server_net"
  FILES simulators/pbx/pbx.cpp "#include \"server/net/net.hpp\""
  SAYS "")
check(NAME simulator_uses_the_server
  MODULES "simulators_pbx|simulators/pbx||server_calls"
  FILES simulators/pbx/pbx.cpp "#include \"server/calls/calls.hpp\""
  SAYS "simulators/pbx depends on server/calls")
check(NAME simulator_uses_the_agent
  MODULES "agent_link|agent/link||" "simulators_pbx|simulators/pbx||agent_link"
  FILES agent/link/link.hpp "" simulators/pbx/pbx.cpp "#include \"agent/link/link.hpp\""
  SAYS "simulators/pbx depends on agent/link")
check(NAME core_uses_its_neighbour
  MODULES "server_journal|server/journal||" "server_analysis|server/analysis||server_journal"
  FILES server/journal/journal.hpp "" server/analysis/analysis.cpp "#include \"server/journal/journal.hpp\""
  SAYS "server/analysis depends on server/journal")
check(NAME module_uses_the_wiring
  MODULES "server_app|server/app||" "server_api|server/api||server_app"
  FILES server/app/app.hpp "" server/api/api.cpp "#include \"server/app/app.hpp\""
  SAYS "server/api depends on server/app")
check(NAME program_uses_a_test_double
  MODULES "server_test_doubles|server/tests/doubles||" "server_api|server/api||server_test_doubles"
  FILES server/tests/doubles/double.hpp "" server/api/api.cpp "#include \"server/tests/doubles/double.hpp\""
  SAYS "server/api depends on server/tests/doubles")
check(NAME circle
  MODULES "server_auth|server/auth|server_storage|" "server_storage|server/storage||server_auth"
          "server_api|server/api||server_auth"
  FILES server/auth/auth.hpp "#include \"server/storage/storage.hpp\"" server/storage/storage.hpp ""
        server/storage/storage.cpp "#include \"server/auth/auth.hpp\""
        server/api/api.cpp "#include \"server/auth/auth.hpp\""
  SAYS "in a circle: server_auth, server_storage ")
