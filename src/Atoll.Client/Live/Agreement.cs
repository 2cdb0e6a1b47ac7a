using System.Security.Cryptography;
using System.Text;
using Atoll.Client.Live.Connection;
using Atoll.Client.Live.Folder;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;

namespace Atoll.Client.Live;

/// <summary>What must stay as it was when the operator agreed.</summary>
internal static class Agreement
{
    public static Digest HashOf(RunDescription description) => Digest.Of(Encoding.UTF8.GetBytes(description.Experiment));

    public static Digest HashOf(IReadOnlyList<string> files)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] piece = new byte[1 << 16];
        foreach (string path in files)
        {
            using FileStream file = File.OpenRead(path);
            for (int read; (read = file.Read(piece)) > 0;)
            {
                hash.AppendData(piece.AsSpan(0, read));
            }
        }
        return new(hash.GetHashAndReset());
    }

    /// <exception cref="ProtocolException">The description's experiment is none.</exception>
    public static Experiment ExperimentOf(RunDescription description)
    {
        try
        {
            return ExperimentFile.Parse(description.Experiment, "the run's experiment", Path.GetFullPath("."));
        }
        catch (ExperimentFileException e)
        {
            throw new ProtocolException($"The run's experiment must be one that this version reads, but is not: {e.Message}", e);
        }
    }

    /// <exception cref="ProtocolException">The coordinator speaks of another run than the operator agreed to.</exception>
    public static void Require(SiteIdentity agreed, RunDescription now)
    {
        if ((now.Run, now.Site) != (agreed.Run, agreed.Site) || !now.Key.Equals(agreed.Coordinator) || HashOf(now) != agreed.Experiment)
        {
            throw new ProtocolException($"The run must be the one that was agreed to, {agreed.Run} with coordinator {agreed.Coordinator.Fingerprint}, but the coordinator speaks of another: "
                + $"{now.Run} with {now.Key.Fingerprint}{(HashOf(now) == agreed.Experiment ? "" : ", and of another experiment")}. To join that, use a new token and another folder.");
        }
    }
}
