package io.jenkins.mlops.registry.jdbc;

class PostgresFeedbackTest extends FeedbackContract {
    @Override
    RegistryDatabase openEmpty() throws Exception {
        return PostgresServer.openEmpty();
    }
}
