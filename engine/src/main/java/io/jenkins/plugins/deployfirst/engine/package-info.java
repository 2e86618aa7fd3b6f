/** What every part of the engine speaks of: a commit, an outcome, a failure with its remedy, progress. */
package io.jenkins.plugins.deployfirst.engine;
