package io.jenkins.mlops.registry.jdbc;

class PostgresPromotionTest extends PromotionContract {
    @Override
    RegistryDatabase openEmpty() throws Exception {
        return PostgresServer.openEmpty();
    }
}
