// Every other file sees declarations only (BOOST_BEAST_SEPARATE_COMPILATION), which keeps them quick to
// build.
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
