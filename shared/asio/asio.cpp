// Every other file sees declarations only (BOOST_ASIO_SEPARATE_COMPILATION), which keeps it quick to build.
#include <boost/asio/impl/src.hpp>
