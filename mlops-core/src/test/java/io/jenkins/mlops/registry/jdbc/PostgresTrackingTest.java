package io.jenkins.mlops.registry.jdbc;

class PostgresTrackingTest extends TrackingContract {
    @Override
    RegistryDatabase openEmpty() throws Exception {
        return PostgresServer.openEmpty();
    }
}
