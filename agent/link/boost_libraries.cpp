// The compiled parts of Asio's TLS and of Beast (shared/asio holds Asio's own).
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
