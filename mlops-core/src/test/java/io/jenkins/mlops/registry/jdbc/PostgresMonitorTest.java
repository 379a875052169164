package io.jenkins.mlops.registry.jdbc;

class PostgresMonitorTest extends MonitorContract {
    @Override
    RegistryDatabase openEmpty() throws Exception {
        return PostgresServer.openEmpty();
    }
}
