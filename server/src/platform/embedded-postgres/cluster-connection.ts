/** Where the cluster is to be reached. */
export interface ClusterConnection {
  /** The folder of the Unix socket. */
  host: string;
  port: number;
  user: string;
  database: string;
}
