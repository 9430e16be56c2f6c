#include "simulators/app/test_certificates.hpp"

#include "shared/core/c_handle.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <cstdio>

namespace ninja3cx::simulators {
namespace {

using Certificate = CHandle<X509, X509_free>;

Certificate read(const std::filesystem::path& path) {
    const CHandle<std::FILE, std::fclose> file{std::fopen(path.c_str(), "r")};
    return file ? Certificate{PEM_read_X509(file.get(), nullptr, nullptr, nullptr)} : nullptr;
}

/// What a client that trusts `ca` says of it: OpenSSL's number, 0 for good.
int verify(X509* certificate, X509* ca) {
    const CHandle<X509_STORE, X509_STORE_free> store{X509_STORE_new()};
    X509_STORE_add_cert(store.get(), ca);
    const CHandle<X509_STORE_CTX, X509_STORE_CTX_free> context{X509_STORE_CTX_new()};
    X509_STORE_CTX_init(context.get(), store.get(), certificate, nullptr);
    X509_verify_cert(context.get());
    return X509_STORE_CTX_get_error(context.get());
}

struct Row {
    const char* name;
    const char* kind;
    int verdict;  // for who trusts the caFile
    bool isForThisHost;
    bool isItsOwnCa;
};
class TestCertificate : public testing::TestWithParam<Row> {};
TEST_P(TestCertificate, IsWrongInItsWayAlone) {
    std::filesystem::path folder;
    {
        const auto made = TestCertificates::make(GetParam().kind);
        ASSERT_TRUE(made) << made.error().detail;
        folder = made->keyFile().parent_path();
        const Certificate certificate = read(made->certificateFile());
        const Certificate ca = read(made->caFile());
        ASSERT_TRUE(certificate && ca);
        EXPECT_EQ(verify(certificate.get(), ca.get()), GetParam().verdict);
        EXPECT_EQ(X509_check_ip_asc(certificate.get(), "127.0.0.1", 0) == 1, GetParam().isForThisHost);
        EXPECT_EQ(X509_check_host(certificate.get(), "localhost", 0, 0, nullptr) == 1,
                  GetParam().isForThisHost);
        EXPECT_EQ(X509_cmp(certificate.get(), ca.get()) == 0, GetParam().isItsOwnCa);
    }
    EXPECT_FALSE(std::filesystem::exists(folder));
}
INSTANTIATE_TEST_SUITE_P(Rows, TestCertificate,
                         testing::Values(Row{"Valid", "valid", X509_V_OK, true, false},
                                         Row{"SelfSigned", "self-signed", X509_V_OK, true, true},
                                         Row{"WrongName", "wrong-name", X509_V_OK, false, false},
                                         Row{"Expired", "expired", X509_V_ERR_CERT_HAS_EXPIRED, true, false}),
                         [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::simulators
