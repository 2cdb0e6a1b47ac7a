using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Atoll.Learning.Data;

namespace Atoll.Simulation;

/// <summary>SHA-256 of everything in rows and sites that training or a result depends on. Each part goes with its length, so that none can pass for two others.</summary>
internal static class DataFingerprint
{
    /// <param name="arms">The data of each arm; what several share is taken once.</param>
    public static string Of(IEnumerable<SitedDataset> arms)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (SitedDataset data in arms.Distinct(ReferenceEqualityComparer.Instance).Cast<SitedDataset>())
        {
            Numbers<int>([data.Data.Sample.Height, data.Data.Sample.Width, data.Data.Sample.Channels]);
            Numbers<float>(data.Data.Features);
            Numbers<float>(data.Data.Targets);
            Numbers<int>([data.Data.Classes.Count]);
            foreach (string name in data.Data.Classes)
            {
                Numbers<byte>(Encoding.UTF8.GetBytes(name));
            }
            Numbers<int>([data.Sites.Count]);
            foreach (SiteRows site in data.Sites)
            {
                Numbers<byte>(Encoding.UTF8.GetBytes(site.Name));
                Numbers<int>(site.Train);
                Numbers<int>(site.Test);
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Numbers<T>(ReadOnlySpan<T> numbers) where T : struct
        {
            hash.AppendData(MemoryMarshal.AsBytes<int>([numbers.Length]));
            hash.AppendData(MemoryMarshal.AsBytes(numbers));
        }
    }
}
