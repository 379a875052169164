/** Who has to approve: expressions over users and groups, how they are read, and whether anybody can meet them. */
package io.jenkins.mlops.registry.approval;
