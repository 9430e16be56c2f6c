# Everything here is a Debian 12 package (scripts/install_dependencies.sh); whisper.cpp comes in cmake/whisper.cmake.
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(OpenSSL 3.0 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(spdlog REQUIRED)
find_package(CURL 7.85 REQUIRED)
find_package(GTest)  # programs build without it; `make test` installs it and configures again
include(whisper)
