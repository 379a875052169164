/** Where the registry keeps its records: the choices that an administrator has. */
package io.jenkins.plugins.mlops.registry.database;
