using System.Runtime.InteropServices;
using Atoll.Learning.Data;

namespace Atoll.Learning.Tests.Data.Schema;

/// <summary>Sites prepared alone, held against the same sites in the pooled data.</summary>
internal static class SameRows
{
    public static void ShouldBe(IReadOnlyList<PreparedData> apart, PreparedData pooled)
    {
        apart.Count.ShouldBe(pooled.Sited.Sites.Count);
        for (int site = 0; site < apart.Count; site++)
        {
            apart[site].Features.ShouldBe(pooled.Features);
            apart[site].Used.TestFraction.HasValue.ShouldBe(apart[site].Used.Split is null);
            ShouldBe(apart[site].Sited, pooled.Sited, site);
        }
    }

    private static void ShouldBe(SitedDataset apart, SitedDataset pooled, int index)
    {
        SiteRows own = apart.Sites.ShouldHaveSingleItem(), site = pooled.Sites[index];
        own.Name.ShouldBe(site.Name);
        apart.Data.Classes.ShouldBe(pooled.Data.Classes);
        apart.Data.Sample.ShouldBe(pooled.Data.Sample);
        Bits(apart.Data, own.Train).ShouldBe(Bits(pooled.Data, site.Train));
        Bits(apart.Data, own.Test).ShouldBe(Bits(pooled.Data, site.Test));
    }

    private static byte[] Bits(Dataset data, int[] rows) => [.. rows.SelectMany(row => MemoryMarshal.AsBytes<float>([.. data.Row(row), data.Targets[row]]).ToArray())];
}
